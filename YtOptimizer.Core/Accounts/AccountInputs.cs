using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Accounts;

/// <summary>E-mail addresses are compared and stored trimmed and lower-cased.</summary>
public static class EmailAddress
{
    public const int MaxLength = 255;

    public static string Normalize(string email)
    {
        ArgumentNullException.ThrowIfNull(email);
        return email.Trim().ToLowerInvariant();
    }

    public static bool IsValid(string? email)
    {
        var trimmed = email?.Trim();
        return trimmed is { Length: > 2 and <= MaxLength }
            && !trimmed.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or '"' or '(' or ')' or ',' or ';' or '\\')
            && MailAddress.TryCreate(trimmed, out var parsed) && parsed.Address == trimmed
            && parsed.User.Length <= 64 && parsed.Host.Contains('.', StringComparison.Ordinal) && !parsed.Host.EndsWith('.');
    }
}

/// <summary>A required, well-formed e-mail address.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class AccountEmailAttribute() : ValidationAttribute("Give a valid e-mail address of at most 255 characters.")
{
    public override bool IsValid(object? value) => EmailAddress.IsValid(value as string);
}

/// <summary>An optional display name: letters of any script, marks, spaces, hyphens, apostrophes and full stops, 1–100 characters.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed partial class AccountNameAttribute() : ValidationAttribute("Use 1 to 100 letters, spaces, hyphens, apostrophes or full stops.")
{
    public const int MaxLength = 100;

    public override bool IsValid(object? value) => value is null || (value is string name && Matches(name.Trim()));

    private static bool Matches(string name) => name.Length is > 0 and <= MaxLength && Pattern().IsMatch(name);

    [GeneratedRegex(@"^[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd} .'’\-]*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}

/// <summary>A password to be set: at least 8 characters of any script, exactly as sent.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NewPasswordAttribute() : ValidationAttribute($"Use 8 to {MaxLength} characters.")
{
    public const int MinLength = 8;

    /// <summary>A bound on work, far above any password manager's default.</summary>
    public const int MaxLength = 1024;

    public override bool IsValid(object? value) => value is string { Length: <= MaxLength } password && password.EnumerateRunes().Count() >= MinLength;
}

/// <summary>A password to be compared: whatever was once accepted elsewhere, so only its size is bounded.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class KnownPasswordAttribute() : ValidationAttribute($"Give the password, at most {NewPasswordAttribute.MaxLength} characters.")
{
    public override bool IsValid(object? value) => value is string { Length: <= NewPasswordAttribute.MaxLength };
}
