using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace YtOptimizer.Api.Hosting;

/// <summary>A list of some of these values, each at most once. Absent lists are valid.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SubsetAttribute(params string[] values) : ValidationAttribute
{
    public string[] Values { get; } = values;

    public override bool RequiresValidationContext => true;

    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext)
    {
        var name = validationContext.MemberName ?? "";
        return
            value is not IReadOnlyList<string?> chosen
            || (
                chosen.Count == chosen.Distinct(StringComparer.Ordinal).Count()
                && chosen.All(one => Values.Contains(one, StringComparer.Ordinal))
            )
            ? ValidationResult.Success
            : new ValidationResult(
                $"{JsonNamingPolicy.CamelCase.ConvertName(name)} may hold {string.Join(", ", Values)}, each once.",
                [name]
            );
    }
}
