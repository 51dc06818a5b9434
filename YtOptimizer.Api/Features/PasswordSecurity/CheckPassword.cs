using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;

namespace YtOptimizer.Api.Features.PasswordSecurity;

/// <summary>How safe a password is, with what to do better. The password is neither kept nor logged.</summary>
internal static class CheckPassword
{
    public sealed record Request([property: KnownPassword] string Password);

    public static async Task<Ok<PasswordReport>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        PasswordAssessor assessor,
        SecurityEvents events,
        CancellationToken ct
    )
    {
        var report = await assessor.AssessAsync(request.Password, ct);
        var origin = context.Origin();
        await events.RecordAsync(
            new SecurityEvent(SecurityEventTypes.DataAccess)
            {
                Category = "security",
                Action = SecurityEventTypes.DataAccess,
                UserId = user.Id,
                IpAddress = origin.Address,
                UserAgent = origin.UserAgent,
                RequestId = origin.RequestId,
                Metadata = new { action = "breach_check", passwords = 1 },
            },
            ct
        );
        return TypedResults.Ok(report);
    }
}
