using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Accounts;

/// <summary>An address that an account may be made with; says what is wrong with any other.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class AccountEmailAttribute()
    : ValidationAttribute($"Give a valid e-mail address of at most {EmailAddress.MaxOctets} characters.")
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        EmailAddress.Problem(value as string) is not { } problem
            ? ValidationResult.Success
            : new ValidationResult(problem, validationContext.MemberName is { } member ? [member] : null);
}

/// <summary>An address to be looked up: whatever was once accepted, so only its size and its @ are looked at.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class KnownEmailAttribute()
    : ValidationAttribute($"Give a valid e-mail address of at most {EmailAddress.MaxOctets} characters.")
{
    public override bool IsValid(object? value) =>
        value is string { Length: <= 320 } text
        && EmailAddress.Key(text) is var key
        && key.IndexOf('@', StringComparison.Ordinal) is > 0 and var at
        && at < key.Length - 1;
}

/// <summary>An optional display name: letters of any script, marks, spaces, hyphens, apostrophes and full stops, 1–100
/// characters.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed partial class AccountNameAttribute()
    : ValidationAttribute("Use 1 to 100 letters, spaces, hyphens, apostrophes or full stops.")
{
    public const int MaxLength = 100;

    public override bool IsValid(object? value) => value is null || (value is string name && Matches(name.Trim()));

    private static bool Matches(string name) => name.Length is > 0 and <= MaxLength && Pattern().IsMatch(name);

    [GeneratedRegex(@"^[\p{L}\p{M}\p{Nd}][\p{L}\p{M}\p{Nd} .'’\-]*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}

/// <summary>A password to be set: at least 8 characters of any script.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class NewPasswordAttribute() : ValidationAttribute($"Use 8 to {MaxLength} characters.")
{
    public const int MinLength = 8;

    /// <summary>A bound on work, far above any password manager's default.</summary>
    public const int MaxLength = 1024;

    public override bool IsValid(object? value) =>
        value is string { Length: <= MaxLength } password && password.EnumerateRunes().Count() >= MinLength;
}

/// <summary>A password to be compared: whatever was once accepted elsewhere, so only its size is bounded.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class KnownPasswordAttribute()
    : ValidationAttribute($"Give the password, at most {NewPasswordAttribute.MaxLength} characters.")
{
    public override bool IsValid(object? value) => value is string { Length: <= NewPasswordAttribute.MaxLength };
}
