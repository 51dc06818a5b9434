using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Protection;

namespace YtOptimizer.Api.Features.Security;

/// <summary>Blocks an address (or network) on all routes of all instances.</summary>
internal static class BlockAddress
{
    /// <param name="IpAddress">IPv4 or IPv6 address, or a network such as 203.0.113.0/24.</param>
    /// <param name="DurationMinutes">1 to 10080 (a week).</param>
    /// <param name="Reason">Kept in the ledger and the audit trail.</param>
    public sealed record Request(
        [MaxLength(64)] string IpAddress,
        [Range(1, 10080)] int DurationMinutes,
        [MinLength(3), MaxLength(500)] string Reason
    );

    public sealed record Response(string Message, DateTimeOffset BlockedUntil);

    [Refuses(400, "own_address")]
    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        if (AddressBlocks.Parse(request.IpAddress) is not { } address)
        {
            return InvalidAddress();
        }

        if (AddressBlocks.Covers(address, ClientAddress.Of(context)))
        {
            return Problems.BadRequest(
                "own_address",
                "That would block the address you are using. Do it from the command line if you mean it: ops block-ip."
            );
        }

        var until = await AddressBlocks.BlockAsync(
            db,
            address,
            TimeSpan.FromMinutes(request.DurationMinutes),
            request.Reason,
            ActorOf(user),
            OriginOf(context),
            ct
        );
        return TypedResults.Created((string?)null, new Response($"{address} is blocked.", until));
    }

    internal static ProblemHttpResult InvalidAddress() =>
        Problems.BadRequest(
            "validation_failed",
            "ipAddress must be an IPv4 or IPv6 address, or a network such as 203.0.113.0/24.",
            new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["ipAddress"] = ["ipAddress must be an IPv4 or IPv6 address, or a network such as 203.0.113.0/24."],
            }
        );

    internal static Actor ActorOf(CurrentUser user) => new(user.Id, user.Email, user.Role, user.SessionId);

    internal static RequestOrigin OriginOf(HttpContext context) =>
        new(ClientAddress.Of(context), SecurityEvents.Clean(context.Request.Headers.UserAgent, 512), context.TraceIdentifier);
}
