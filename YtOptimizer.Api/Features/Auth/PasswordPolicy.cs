using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>What a new password may be: any characters, but not one that everybody uses.</summary>
internal sealed class PasswordPolicy(CommonPasswords common, BreachCheck breaches)
{
    /// <summary>Breaches of a password above which it is refused at registration (with BREACH_CHECK=block).</summary>
    public const int RegistrationLimit = 100;

    /// <summary>The same for changes and resets.</summary>
    public const int ChangeLimit = 10_000;

    /// <summary>Null when the password may be used. The breach list being out of reach never refuses one; the embedded list always counts.</summary>
    public async Task<ProblemHttpResult?> RefusalAsync(string password, int breachLimit, string field, CancellationToken ct)
    {
        if (common.Contains(password))
        {
            return Refuse("password_too_common", "This password is on the list of common passwords. Choose another one.", field);
        }

        if (breaches.Mode == BreachMode.Block && await breaches.CountAsync(password, ct) is { } count && count > breachLimit)
        {
            return Refuse("password_breached", "This password appears in known data breaches. Choose another one.", field);
        }

        return null;
    }

    private static ProblemHttpResult Refuse(string code, string detail, string field) =>
        Problems.BadRequest(code, detail, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [detail] });
}
