using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Protection;

namespace YtOptimizer.Api.Features.Security;

/// <summary>Removes all rows of an address from the ledger. Unblocking what is not blocked is no error.</summary>
internal static class UnblockAddress
{
    public sealed record Response(string Message);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string ipAddress,
        CurrentUser user,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        if (AddressBlocks.Parse(Uri.UnescapeDataString(ipAddress)) is not { } address)
        {
            return BlockAddress.InvalidAddress();
        }

        var removed = await AddressBlocks.UnblockAsync(db, address, BlockAddress.ActorOf(user), BlockAddress.OriginOf(context), ct);
        return TypedResults.Ok(new Response(removed > 0 ? $"{address} is no longer blocked." : $"{address} was not blocked."));
    }
}
