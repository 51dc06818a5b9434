using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>What only the creator can write, shorten or decide: each request says what, where and with which words.</summary>
internal sealed class AskedFixes(Source source, ScoreCard card, DescriptionSuggestion description, IReadOnlyList<string> hashtags)
{
    private const double Poor = 0.3;
    private const double WellOpened = 0.45;
    private const int Named = 60;
    private const int FewestLetters = 40;
    private const int MostListed = 4;
    private const int ShownColumns = 65;
    private const int ShortTitle = 25;

    /// <param name="after">With the suggested description.</param>
    /// <param name="changed">Parts that the verdicts change.</param>
    public IEnumerable<Edit> Write(ScoreCard after, HashSet<string> changed)
    {
        // Links and credits alone tell no viewer what the video shows.
        var bare = TextCleaner.Tidy(DescriptionLines.Prose(source.AboutText)).Count(char.IsLetter) < FewestLetters;
        if (changed.Contains("hashtags") && !hashtags.All(tag => description.Text.Contains(tag, StringComparison.OrdinalIgnoreCase)))
        {
            yield return Ask(
                5,
                "H",
                $"Put {string.Join(' ', hashtags)} at the end of the description: YouTube shows them with the title.",
                false
            );
        }

        var opens = after.Of("D1") >= WellOpened;
        var poor = Lowest(after, "D1", "D2", "D4", "T6");
        if (poor is not null)
        {
            yield return Ask(3, poor, bare || !opens ? SentenceFor() : MoreOn(), bare);
        }

        foreach (var edit in OfTitle(changed.Contains("title")))
        {
            yield return edit;
        }

        if (!changed.Contains("tags") && Lowest(card, "G") is not null && UnheldTags() is { } tags)
        {
            yield return Ask(7, "G", tags, false, "tags");
        }

        var parted = GluedLines.Of(source);
        if (!changed.Contains("description") && parted.Mended + parted.Left > 1 && Lowest(after, "D3") is { } structure)
        {
            yield return Ask(
                4,
                structure,
                "Set the line breaks again that the text seems to have lost: before links, credits and calls.",
                false
            );
        }
        else if (Lowest(after, "D3") is { } wall && !bare)
        {
            yield return Ask(
                4,
                wall,
                "Break the description into paragraphs of two to four sentences; give links lines of their own.",
                false
            );
        }
    }

    // What nobody but the creator can shorten or calm without losing something.
    private IEnumerable<Edit> OfTitle(bool isChanged)
    {
        if (card.Violations.FirstOrDefault(violation => violation.Code == "title_too_long") is { } refused)
        {
            yield return Ask(6, "T1", $"{refused.Message} Keep what the video is about and drop the rest.", true, "title");
            yield break;
        }

        if (isChanged || Lowest(card, "T1", "T4", "T5") is not { } form)
        {
            yield break;
        }

        var check = card.Checks.First(check => check.Id == form);
        var title = source.SafeTitle.Trim();
        var width = Graphemes.DisplayWidth(title);
        var action = form switch
        {
            "T1" when width > ShownColumns => $"Title: {check.Evidence} Search results often end near “{EndOf(Head(title))}”: "
                + "what viewers have to read must stand before that.",
            "T1" when width < ShortTitle && Subject(title) is { } subject =>
                $"Title: {check.Evidence} Say more; if the video is about “{subject}”, name it.",
            _ => $"Title: {check.Evidence} {check.Fix}",
        };
        yield return Ask(6, form, action, false, "title");
    }

    private string SentenceFor() =>
        $"Write one or two sentences on {About()} and put them at the top of the description. What they should tell: {Advice()}";

    private string MoreOn() =>
        $"Add two or three sentences on {About()} below the opening of the description. What they should tell: {Advice()}";

    private string Advice() =>
        source.Kind.About == VideoKind.Other
            ? "who or what is seen, what happens, and why it is worth watching."
            : KindConventions.For(source.Kind.About).Advice[1];

    // The title as people would say it: without hashtags, brackets and emoji, cut where it is long.
    private string About()
    {
        var segments = TitleSegments
            .Split(TextCleaner.Tidy(source.SafeTitle), source)
            .Where(segment => segment.Role is SegmentRole.Topic or SegmentRole.Person or SegmentRole.Series)
            .Select(segment => segment.Text.Trim())
            .Where(text => text.Any(char.IsLetter))
            .ToList();
        var named = segments.Count == 0 ? source.SafeTitle.Trim() : segments[0];
        if (segments.Count > 1 && Graphemes.DisplayWidth(named) + Graphemes.DisplayWidth(segments[1]) < Named)
        {
            named += " – " + segments[1];
        }

        var cut = Graphemes.TakeWords(named, Named);
        return cut.Length == 0 ? "what the video shows" : $"“{cut}{(cut.Length < named.Length ? " …" : "")}”";
    }

    // Tags that neither title nor description bear out; whether they fit the video only its creator knows.
    private string? UnheldTags()
    {
        var unheld = source.SafeTags.Where(tag => !MetadataChecks.IsRelevant(source, tag)).ToList();
        return unheld.Count == 0
            ? null
            : FormattableString.Invariant($"Tags: title and description say nothing of {unheld.Count} of {source.SafeTags.Count}, ")
                + $"such as {string.Join(", ", unheld.Take(MostListed).Select(tag => $"“{tag}”"))}. "
                + "Keep those that are about this video, also other spellings of its names, and take out the rest.";
    }

    // A main phrase that the title does not have.
    private string? Subject(string title)
    {
        foreach (var (phrase, _) in AskedPhrases.Of(source))
        {
            if (TitleChecks.Find(title, source, phrase) < 0 && phrase.Candidate.Words.Length > 1 && !phrase.Candidate.IsMasked)
            {
                return phrase.Surface;
            }
        }

        return null;
    }

    private static string Head(string title)
    {
        var width = 0;
        var end = 0;
        foreach (var rune in title.EnumerateRunes())
        {
            width += Graphemes.DisplayWidth(rune.ToString());
            if (width > ShownColumns)
            {
                break;
            }

            end += rune.Utf16SequenceLength;
        }

        var space = title.LastIndexOf(' ', Math.Max(0, end - 1));
        return end < title.Length && space > end / 2 ? title[..space] : title[..end];
    }

    private static string EndOf(string head)
    {
        var words = head.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 3 ? string.Join(' ', words[^3..]) : head;
    }

    private static string? Lowest(ScoreCard after, params string[] checks) =>
        after.Checks.Where(check => check.Applicable && check.Score < Poor && checks.Contains(check.Id)).MinBy(check => check.Score)?.Id;

    private static Edit Ask(int order, string check, string action, bool first, string field = "description") =>
        new(order, field, action, false, input => input)
        {
            Always = true,
            IsAsked = true,
            First = first,
            CheckId = check,
        };
}
