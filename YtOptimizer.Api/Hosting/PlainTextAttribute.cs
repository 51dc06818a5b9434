using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace YtOptimizer.Api.Hosting;

/// <summary>A text of bounded length without NUL, which PostgreSQL cannot store. Absent texts are valid.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlainTextAttribute(int longest) : ValidationAttribute
{
    public int Longest { get; } = longest;

    /// <summary>Least number of characters, blanks at both ends aside; 0 allows absent and empty texts.</summary>
    public int Shortest { get; init; }

    public override bool RequiresValidationContext => true;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var name = validationContext.MemberName ?? "";
        var text = value as string;
        var length = text?.Length ?? 0;
        var problem =
            length > Longest || (Shortest > 0 && (text ?? "").Trim().Length < Shortest)
                ? Shortest > 0
                    ? FormattableString.Invariant($"must hold {Shortest} to {Longest} characters.")
                    : FormattableString.Invariant($"must be at most {Longest} characters.")
                : text?.Contains('\0', StringComparison.Ordinal) == true
                    ? "must not hold NUL characters."
                    : null;
        return problem is null
            ? ValidationResult.Success
            : new ValidationResult($"{JsonNamingPolicy.CamelCase.ConvertName(name)} {problem}", [name]);
    }
}

/// <summary>A list of at most so many texts, each as <see cref="PlainTextAttribute"/> demands, none absent.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PlainTextsAttribute(int most, int longest) : ValidationAttribute
{
    public int Most { get; } = most;

    public int Longest { get; } = longest;

    public override bool RequiresValidationContext => true;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var name = validationContext.MemberName ?? "";
        return
            value is not IReadOnlyList<string?> texts
            || (texts.Count <= Most && texts.All(text => text is not null && text.Length <= Longest && !text.Contains('\0')))
            ? ValidationResult.Success
            : new ValidationResult(
                FormattableString.Invariant(
                    $"{JsonNamingPolicy.CamelCase.ConvertName(name)} must be at most {Most} texts of at most {Longest} characters."
                ),
                [name]
            );
    }
}
