using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Api.Features.PasswordSecurity;

/// <param name="Length">Characters.</param>
/// <param name="HasUppercase">Of any script.</param>
/// <param name="HasLowercase">Of any script.</param>
/// <param name="HasNumbers">Digits.</param>
/// <param name="HasSpecialChars">Anything else.</param>
/// <param name="Entropy">Bits: log2 of the number of distinct characters, times the length. A ceiling, not a promise.</param>
/// <param name="StrengthScore">0–6: one point each for 8 and for 12 characters, lower, upper, digit, symbol.</param>
internal sealed record StrengthAnalysis(
    int Length,
    bool HasUppercase,
    bool HasLowercase,
    bool HasNumbers,
    bool HasSpecialChars,
    double Entropy,
    int StrengthScore
);

/// <param name="IsBreached">On the embedded list, or in known breaches.</param>
/// <param name="BreachCount">How often; null when the breach list was not asked or not reached.</param>
/// <param name="RiskLevel">low, medium, high or critical.</param>
/// <param name="StrengthAnalysis">What it is made of.</param>
/// <param name="Recommendation">What to do.</param>
/// <param name="IsAllowedForRegistration">Whether an account could be created with it.</param>
/// <param name="WarningMessage">Why to be careful.</param>
internal sealed record PasswordReport(
    bool IsBreached,
    int? BreachCount,
    string RiskLevel,
    StrengthAnalysis StrengthAnalysis,
    string Recommendation,
    bool IsAllowedForRegistration,
    string? WarningMessage
);

/// <summary>Judges one password by the embedded list, the breach list and its make-up.</summary>
internal sealed class PasswordAssessor(CommonPasswords common, BreachCheck breaches)
{
    private const int RegistrationLimit = 100;

    public async Task<PasswordReport> AssessAsync(string password, CancellationToken ct)
    {
        var strength = Analyze(password);
        var count = await breaches.CountAsync(password, ct);
        var isCommon = common.Contains(password);
        var risk = count switch
        {
            > 100_000 => "critical",
            > 10_000 => "high",
            _ when isCommon => "high",
            > RegistrationLimit => "medium",
            _ => "low",
        };
        var allowed =
            strength.Length >= NewPasswordAttribute.MinLength
            && !isCommon
            && (breaches.Mode != BreachMode.Block || count is null or <= RegistrationLimit);
        return new PasswordReport(isCommon || count > 0, count, risk, strength, Recommend(risk, strength), allowed, Warn(isCommon, count));
    }

    private static StrengthAnalysis Analyze(string password)
    {
        var runes = password.EnumerateRunes().ToArray();
        var upper = runes.Any(System.Text.Rune.IsUpper);
        var lower = runes.Any(System.Text.Rune.IsLower);
        var digits = runes.Any(System.Text.Rune.IsDigit);
        var symbols = runes.Any(r => !System.Text.Rune.IsLetterOrDigit(r));
        bool[] points = [runes.Length >= 8, runes.Length >= 12, lower, upper, digits, symbols];
        var entropy = runes.Length == 0 ? 0 : Math.Round(Math.Log2(runes.Distinct().Count()) * runes.Length, 2);
        return new StrengthAnalysis(runes.Length, upper, lower, digits, symbols, entropy, points.Count(p => p));
    }

    private static string Recommend(string risk, StrengthAnalysis strength) =>
        (risk, strength) switch
        {
            ("critical" or "high", _) => "Do not use this password anywhere; change it where it is in use.",
            ("medium", _) => "Choose another password: this one is known from breaches.",
            (_, { Length: < 12 }) => "Longer is safer: use at least 12 characters, for example several words.",
            _ => "This password is fine. Use it for one account only.",
        };

    private static string? Warn(bool isCommon, int? count) =>
        count > 0 ? $"Seen {count} times in known data breaches."
        : isCommon ? "This is one of the passwords that are guessed first."
        : null;
}
