using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>What a new password may be: any characters, but not one that everybody uses, nor one that its context gives away (NIST SP
/// 800-63B, 3.1.1.2).</summary>
internal sealed class PasswordPolicy(CommonPasswords common, BreachCheck breaches)
{
    private static readonly string[] ProductNames = ["ytoptimizer", "youtubeoptimizer", "ytoptimiser", "youtubeoptimiser"];

    /// <summary>Breaches of a password above which it is refused at registration (with BREACH_CHECK=block).</summary>
    public const int RegistrationLimit = 100;

    /// <summary>The same for changes and resets.</summary>
    public const int ChangeLimit = 10_000;

    /// <summary>Null when the password may be used. The breach list being out of reach never refuses one; the embedded list always
    /// counts.</summary>
    public async Task<ProblemHttpResult?> RefusalAsync(string password, int breachLimit, string field, string? email, CancellationToken ct)
    {
        if (IsGuessedFromContext(password, email))
        {
            return Refuse(
                "password_too_easy",
                "The name of this product and your own e-mail address are the first that others try. Choose another password.",
                field
            );
        }

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

    // Case, digits at the ends and signs do not hide them.
    private static bool IsGuessedFromContext(string password, string? email)
    {
        var core = Letters(password);
        return ProductNames.Contains(core, StringComparer.Ordinal)
            || (
                email is not null
                && (
                    Plain(password).Contains(Plain(email), StringComparison.Ordinal)
                    || (
                        Letters(email[..Math.Max(0, email.IndexOf('@', StringComparison.Ordinal))]) is { Length: >= 4 } name && core == name
                    )
                )
            );
    }

    private static string Plain(string text) => text.Normalize(NormalizationForm.FormC).ToLowerInvariant();

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter)).ToLowerInvariant();

    private static ProblemHttpResult Refuse(string code, string detail, string field) =>
        Problems.BadRequest(code, detail, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [detail] });
}
