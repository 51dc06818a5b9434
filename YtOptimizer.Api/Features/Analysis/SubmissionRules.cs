namespace YtOptimizer.Api.Features.Analysis;

/// <summary>What a submission may hold. Limits are generous: YouTube's own are checked by the analysis, which explains them.</summary>
internal static class SubmissionRules
{
    public const int ShortestTranscript = 50;

    /// <summary>The longest transcript in a script of three bytes a character.</summary>
    public const long LargestBody = 8 * 1024 * 1024;

    /// <summary>Four hours of speech with cue times and the word times of automatic captions.</summary>
    public const int LongestTranscript = 2_000_000;

    /// <summary>Field → what is wrong; empty when nothing is.</summary>
    public static Dictionary<string, string[]> Check(SubmissionConfiguration? configuration, SubmissionMetadata? metadata)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Text(errors, "configuration.url", configuration?.Url, 2048);
        Text(errors, "configuration.language", configuration?.Language, 50);
        Text(errors, "configuration.tone", configuration?.Tone, 100);
        Text(errors, "configuration.model", configuration?.Model, 100);
        Text(errors, "configuration.aiModel", configuration?.AiModel, 100);
        Text(errors, "configuration.userId", configuration?.UserId, 100);
        if (metadata is not null)
        {
            Text(errors, "metadata.title", metadata.Title, 1000);
            Text(errors, "metadata.description", metadata.Description, 20_000);
            Text(errors, "metadata.channelTitle", metadata.ChannelTitle, 500);
            Text(errors, "metadata.language", metadata.Language, 35);
            Text(errors, "metadata.transcript", metadata.Transcript, LongestTranscript);
            if (metadata.DurationSeconds is < 0 or > 604_800)
            {
                errors["metadata.durationSeconds"] = ["Must be 0 to 604800 seconds."];
            }

            if (
                metadata.Tags is { Count: > 500 }
                || metadata.Tags?.Any(tag => tag is null or { Length: > 500 } || tag.Contains('\0', StringComparison.Ordinal)) == true
            )
            {
                errors["metadata.tags"] = ["Must be at most 500 tags of at most 500 characters."];
            }
        }

        return errors;
    }

    public static void Transcript(Dictionary<string, string[]> errors, string? transcript)
    {
        Text(errors, "transcript", transcript, LongestTranscript);
        if (transcript is null || transcript.Trim().Length < ShortestTranscript)
        {
            errors["transcript"] = [$"Must hold {ShortestTranscript} to {LongestTranscript} characters."];
        }
    }

    private static void Text(Dictionary<string, string[]> errors, string field, string? value, int longest)
    {
        if (value is { Length: var length } && length > longest)
        {
            errors[field] = [$"Must be at most {longest} characters."];
        }
        else if (value?.Contains('\0', StringComparison.Ordinal) == true)
        {
            errors[field] = ["Must not hold NUL characters."];
        }
    }
}
