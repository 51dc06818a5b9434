using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.PasswordSecurity;

internal static class CheckPassword
{
    public sealed record Request([property: KnownPassword] string Password);

    public static async Task<Ok<PasswordReport>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        PasswordAssessor assessor,
        Db db,
        CancellationToken ct
    )
    {
        var report = await assessor.AssessAsync(request.Password, ct);
        await db.ExecuteAsync(
            Journal.EventSql,
            Journal.Event(
                user.Id,
                "data_access",
                context.Origin(),
                metadata: new { action = "breach_check", passwords = 1 },
                category: "security"
            ),
            ct
        );
        return TypedResults.Ok(report);
    }
}
