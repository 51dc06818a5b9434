using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Check G: whether the tags are about the video and begin with what it is about.</summary>
internal static class TagsCheck
{
    private const int Few = 3;
    private const int Listed = 3;

    // Tags that are nearly all about the video are good ones, however many there are.
    private const double NearlyAll = 0.8;
    private const double GoodScore = 0.8;

    public static Check Compute(Source source)
    {
        var tags = source.Input.Tags;
        if (tags.Count == 0)
        {
            return CheckCatalog.Tags.Scored(0.4, "No tags.", "Add a few tags, above all spellings people get wrong. They matter little.");
        }

        var unheld = tags.Where(tag => !IsRelevant(source, tag)).ToList();
        var strange = unheld.Where(tag => !IsUsual(source, tag)).ToList();
        // A usual tag does no harm and says little of the video.
        var relevant = tags.Count - unheld.Count;
        var share = (relevant + (0.5 * (unheld.Count - strange.Count))) / tags.Count;
        var folded = tags.Select(Folding.Fold).ToList();
        double got = 0,
            of = 0;
        foreach (var (phrase, weight) in source.Main)
        {
            // A longer tag that holds the phrase is a variant of it.
            var joined = phrase.Key.Replace(" ", "", StringComparison.Ordinal);
            got +=
                weight
                * (
                    folded.Contains(phrase.Key, StringComparer.Ordinal) ? 1
                    : folded.Exists(tag => tag.Contains(phrase.Key, StringComparison.Ordinal) || tag == joined) ? 0.5
                    : 0
                );
            of += weight;
        }

        var length = Limits.TagsLength(tags);
        var fits = length <= Limits.TagsTotal;
        var score = (0.5 * share) + (of == 0 ? 0 : 0.3 * got / of) + (tags.Count >= Few && fits ? 0.2 * share : 0);
        if (share >= NearlyAll && tags.Count >= Few && fits)
        {
            score = Math.Max(score, GoodScore * share);
        }

        var missing =
            AskedPhrases.First(source) is { } primary
            && (primary.Candidate.Words.Length > 1 || primary.Candidate.Capitalized > 0)
            && !folded.Exists(tag => tag.Contains(primary.Key, StringComparison.Ordinal))
                ? primary.Surface
                : null;
        var (evidence, fix) = Reason(tags, strange, fits, length, missing);
        // What leaves nothing to do is good enough.
        return CheckCatalog.Tags.Scored(fix.Length == 0 && relevant * 2 >= tags.Count ? Math.Max(score, GoodScore) : score, evidence, fix);
    }

    /// <summary>A tag fits when at least half of its content words stand in title, description or transcript, or it names the
    /// channel.</summary>
    public static bool IsRelevant(Source source, string tag)
    {
        var tokens = source.Tokens(tag);
        var content = tokens.Where(token => !token.IsStop).ToList();
        if (content.Count == 0)
        {
            content = tokens;
        }

        if (content.Count == 0)
        {
            return false;
        }

        var joined = Folding.Fold(tag).Replace(" ", "", StringComparison.Ordinal);
        if (source.Input.ChannelTitle is { } channel && Overlaps(Folding.Fold(channel).Replace(" ", "", StringComparison.Ordinal), joined))
        {
            return true;
        }

        var supported = content.Count(token => source.TextSupports(token));
        return supported * 2 >= content.Count && supported > 0;
    }

    /// <summary>Neither borne out by title or description nor a usual tag: a general word of the topic, a form of video, a year, or a
    /// spelling in other letters, which cannot be compared.</summary>
    public static bool IsStrange(Source source, string tag) => !IsRelevant(source, tag) && !IsUsual(source, tag);

    private static bool IsUsual(Source source, string tag)
    {
        var tokens = source.Tokens(tag);
        var main = source.Text.TitleTokens.Find(token => token.Script != Script.Number);
        return tokens.Count == 0
            || tokens.TrueForAll(token =>
                token.IsStop
                || token.Has(TokenFlags.Digits)
                || token.Script == Script.Number
                || source.IsEveryday(token.Folded)
                || CommonWords.For("en").Contains(token.Folded, token.Folded)
                || PromisedWords.IsForm(source, token.Folded)
                || PromisedWords.IsPart(token.Folded)
                || PromisedWords.IsFrame(token.Folded)
                || PhraseQuality.IsEverywhere(token.Folded)
                || TitleParser.IsQualifier(token.Folded)
            )
            || tokens.TrueForAll(token => token.Script != Script.Number && IsOtherWriting(token, main));
    }

    // Latin beside any other letters, and the other way round.
    private static bool IsOtherWriting(Token token, Token main) =>
        main.Length > 0 && (token.Script == Script.Latin) != (main.Script == Script.Latin) && char.IsLetter(token.Folded[0]);

    private static (string Evidence, string Fix) Reason(
        IReadOnlyList<string> tags,
        List<string> strange,
        bool fits,
        int length,
        string? missing
    )
    {
        var without = missing is null ? "" : $" None holds “{missing}”.";
        if (!fits)
        {
            return (
                Text($"The tags count {length} of 500 characters.") + without,
                "Keep the tags that are about this video; YouTube takes 500 characters."
            );
        }

        if (strange.Count * 2 > tags.Count)
        {
            return (
                Text($"Title and description do not name {strange.Count} of {tags.Count} tags, such as {Named(strange)}.") + without,
                "Keep those that name who or what is in this video, and take out the others."
            );
        }

        return (
            strange.Count == 0
                ? tags.Count == 1
                    ? "The one tag fits title and description." + without
                    : Text($"All {tags.Count} tags fit title and description or are usual for the topic.") + without
                : Text($"{tags.Count - strange.Count} of {tags.Count} tags fit the text or are usual for the topic; ")
                    + $"{Named(strange)} {(strange.Count == 1 ? "is" : "are")} named nowhere else."
                    + without,
            missing is not null ? $"If the video is about “{missing}”, add it as a tag."
            : tags.Count < Few ? "Add a variant or two of what the video is about."
            : ""
        );
    }

    private static string Named(List<string> tags) => string.Join(", ", tags.Take(Listed).Select(tag => $"“{tag}”"));

    private static bool Overlaps(string channel, string tag) =>
        tag.Length >= 3
        && channel.Length >= 3
        && (channel.Contains(tag, StringComparison.Ordinal) || tag.Contains(channel, StringComparison.Ordinal));

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
