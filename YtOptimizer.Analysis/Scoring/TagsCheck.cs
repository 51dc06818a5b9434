using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Check G: whether the tags are about the video and begin with what it is about.</summary>
internal static class TagsCheck
{
    private const int Few = 3;
    private const int Listed = 3;
    private const int Ending = 2;
    private const int ShortestShared = 4;

    // From here on a sign is a syllable or a word: kana, ideographs, Hangul.
    private const char FirstOfSyllables = '\u3040';
    private const int SomeStrange = 3;
    private const double LeastStrange = 0.2;
    private const double Usual = 0.35;
    private const double TooMany = 0.4;
    private const double MostGeneral = 0.3;
    private const double Uncompared = 0.7;

    private const string AddIf = "If the video is about ";

    public static Check Compute(Source source)
    {
        // Programs' tags are neither good nor bad for viewers.
        var tags = source.Input.Tags.Where(tag => !MachineTags.Is(tag)).ToList();
        if (tags.Count == 0)
        {
            return CheckCatalog.Tags.Scored(0.4, "No tags.", "Add a few tags, above all spellings people get wrong. They matter little.");
        }

        // General words and other letters can be compared with nothing: they are no sign of a good list either.
        var open = tags.Where(tag => !IsRelevant(source, tag) && !SharesWord(source, tag)).ToList();
        var strange = open.Where(tag => !IsUsual(source, tag)).ToList();
        var general = open.Count - strange.Count;
        var share = strange.Count / (double)Math.Max(1, tags.Count - general);
        var unseen = Math.Max(0, (general / (double)tags.Count) - MostGeneral);
        var length = Limits.TagsLength(tags);
        if (length > Limits.TagsTotal)
        {
            return CheckCatalog.Tags.Scored(
                TooMany,
                Text($"The tags count {length} characters; YouTube takes 500."),
                "Keep the tags that are about this video; YouTube takes 500 characters."
            );
        }

        var missing = Missing(source, tags);
        if (strange.Count * 2 > tags.Count && DescriptionChecks.IsBare(source))
        {
            return CheckCatalog.Tags.Scored(
                Uncompared - (TooMany * ((strange.Count / (double)tags.Count) - 0.5)),
                Text($"{tags.Count} tags; title and description say too little to compare them with."),
                ""
            );
        }

        var isFew = tags.Count < Few;
        // Guests, other spellings and rivals are usual among tags: a third of them costs next to nothing.
        var score =
            1
            - (missing is null ? 0 : 0.15)
            - (isFew ? 0.2 : 0)
            - (0.15 * Math.Min(Usual, share))
            - (0.8 * Math.Max(0, share - Usual))
            - (0.4 * unseen);
        return CheckCatalog.Tags.Scored(
            score,
            Seen(tags.Count, strange, missing, isFew),
            strange.Count * 2 > tags.Count ? "Keep those that name who or what is in this video, and take out the others."
                : missing is not null ? $"{AddIf}“{missing}”, add it as a tag."
                : isFew ? "Add a variant or two of what the video is about."
                : ""
        );
    }

    /// <summary>Whether it says which tag is missing.</summary>
    public static bool IsAdvice(string fix) => fix.StartsWith(AddIf, StringComparison.Ordinal);

    private static string Seen(int count, List<string> strange, string? missing, bool isFew)
    {
        var without = missing is null ? "" : $" None holds “{missing}”.";
        var few = isFew ? $" A few more would help those who search in other spellings." : "";
        if (strange.Count * 2 > count)
        {
            return Text($"{strange.Count} of {count} tags have no word in common with title and description, such as ")
                + $"{Named(strange)}; whether they fit the video only you know.{without}";
        }

        return (
                strange.Count >= SomeStrange && strange.Count >= count * LeastStrange
                    ? Text($"{strange.Count} of {count} tags have no word in common with title and description, such as ")
                        + $"{Named(strange)}: keep them if they name who or what is in the video."
                : strange.Count > 0
                    ? Text($"{count - strange.Count} of {count} tags share words with title or description ")
                        + "or are general words or other spellings."
                : count == 1 ? "The one tag fits title and description."
                : Text($"All {count} tags share words with title or description or are general words or other spellings.")
            )
            + without
            + few;
    }

    // A name of the title that the description writes, too, and no tag holds.
    private static string? Missing(Source source, IReadOnlyList<string> tags)
    {
        var joined = string.Join('\n', tags.Select(Joined));
        return SureSubjects
            .Of(source, source.SafeTitle)
            .Select(subject => subject.Text)
            // In another case it is there, too.
            .FirstOrDefault(text =>
                !Array.TrueForAll(Folding.Fold(text).Split(' '), word =>
                    joined.Contains(word[..Math.Max(Math.Min(word.Length, Few), word.Length - Ending)], StringComparison.Ordinal)
                )
            );
    }

    private static string Joined(string text) => Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);

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

        var joined = Joined(tag);
        if (source.Input.ChannelTitle is { } channel && Overlaps(Joined(channel), joined))
        {
            return true;
        }

        var supported = content.Count(token => source.TextSupports(token));
        return supported * 2 >= content.Count && supported > 0;
    }

    /// <summary>None of its words stands in title or description in any form, nor is it a usual tag: a general word of the topic, a form
    /// of video, a year, or a spelling in other letters, which cannot be compared.</summary>
    public static bool IsStrange(Source source, string tag) =>
        !IsRelevant(source, tag) && !IsUsual(source, tag) && !SharesWord(source, tag);

    private static bool SharesWord(Source source, string tag)
    {
        foreach (var token in source.Tokens(tag))
        {
            if (
                !token.IsStop
                && token.Length >= (token.IsUnspaced || token.Script == Script.Hangul ? 2 : ShortestShared)
                && !source.IsEveryday(token.Folded)
                && (
                    source.TextSupports(token)
                    || source.Told.Forms.HasRelative(token.Folded)
                    || source.Text.TitleTokens.Exists(own =>
                        own.Folded.AsSpan().CommonPrefixLength(token.Folded) >= Math.Max(ShortestShared + 1, token.Length * 2 / 3)
                    )
                )
            )
            {
                return true;
            }
        }

        return false;
    }

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

    private static string Named(List<string> tags) => string.Join(", ", tags.Take(Listed).Select(tag => $"“{tag}”"));

    private static bool Overlaps(string channel, string tag) =>
        Math.Min(tag.Length, channel.Length) >= (tag.Length > 0 && tag[0] > FirstOfSyllables ? 2 : 3)
        && (channel.Contains(tag, StringComparison.Ordinal) || tag.Contains(channel, StringComparison.Ordinal));

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
