using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Auditing;

namespace YtOptimizer.Api.Features.PasswordSecurity;

/// <summary>How safe up to ten passwords are. They are neither kept nor logged.</summary>
internal static class CheckPasswords
{
    public sealed record Request([property: Length(1, 10)] string[] Passwords);

    public sealed record Response(IReadOnlyList<PasswordReport> Results);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        HttpContext context,
        PasswordAssessor assessor,
        SecurityEvents events,
        CancellationToken ct
    )
    {
        if (request.Passwords.Any(p => p is null || p.Length > NewPasswordAttribute.MaxLength))
        {
            return Problems.BadRequest(
                "validation_failed",
                $"Every password must be a text of at most {NewPasswordAttribute.MaxLength} characters.",
                new Dictionary<string, string[]>(StringComparer.Ordinal) { ["passwords"] = ["Send texts of bounded length."] }
            );
        }

        var reports = await Task.WhenAll(request.Passwords.Select(p => assessor.AssessAsync(p, ct)));
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
                Metadata = new { action = "breach_check", passwords = reports.Length },
            },
            ct
        );
        return TypedResults.Ok(new Response(reports));
    }
}
