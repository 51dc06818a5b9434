using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>What a submission may hold. Limits are generous: YouTube's own are checked by the analysis, which explains them.</summary>
internal static class SubmissionRules
{
    public const int ShortestTranscript = 50;

    /// <summary>The longest transcript in a script of three bytes a character.</summary>
    public const long LargestBody = 8 * 1024 * 1024;

    /// <summary>Four hours of speech with cue times and the word times of automatic captions.</summary>
    public const int LongestTranscript = 2_000_000;

    /// <summary>Field → what is wrong, for a configuration that came as a part of a form, which the framework does not validate.</summary>
    public static Dictionary<string, string[]> Check(SubmissionConfiguration? configuration)
    {
        var results = new List<ValidationResult>();
        if (configuration is not null)
        {
            Validator.TryValidateObject(configuration, new ValidationContext(configuration), results, validateAllProperties: true);
        }

        return results.ToDictionary(
            result => "configuration." + result.MemberNames.First(),
            result => new[] { result.ErrorMessage ?? "is not valid" },
            StringComparer.Ordinal
        );
    }
}
