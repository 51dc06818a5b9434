namespace YtOptimizer.Api.Features.Feedback;

internal static class FeedbackTags
{
    /// <summary>In lower case, without blanks around them, each once; null for none.</summary>
    public static string[]? Of(IReadOnlyList<string>? tags) =>
        tags is null
            ? null
            : [.. tags.Select(tag => tag.Trim().ToLowerInvariant()).Where(tag => tag.Length > 0).Distinct(StringComparer.Ordinal)];
}
