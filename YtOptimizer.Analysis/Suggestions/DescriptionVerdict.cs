using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>Says what a suggested description does better, or why the present one stays.</summary>
internal static class DescriptionVerdict
{
    private const int Quoted = 70;
    private const int Opening = 150;
    private const int MostSentences = 12;
    private const int LeastSentence = 25;

    /// <summary>Whether a text holds nothing but hashtags.</summary>
    public static bool IsOnlyHashtags(string text) => string.IsNullOrWhiteSpace(HashtagRuns.Blank(text));

    public static PartVerdict Write(Source source, DescriptionSuggestion description)
    {
        var own = source.SafeDescription;
        if (own.Length == 0)
        {
            return description.Text.Length == 0
                ? new("description", true, $"There is none, and nothing known could fill it without inventing.{Advice(source)}")
                : new(
                    "description",
                    false,
                    IsOnlyHashtags(description.Text)
                        ? $"There is none, and only hashtags can be offered without inventing.{Advice(source)}"
                        : "There is none; this one says what the video holds."
                );
        }

        var parted = GluedLines.Of(source);
        var changes = Changes(own, description, parted);
        if (changes.Count > 0)
        {
            return new("description", false, $"{string.Join(" ", changes)} Every word, link and credit of yours is kept.");
        }

        var hashtags = Folding.Fold(description.Text) == Folding.Fold(own) ? "" : " Only the hashtags at its end are new.";
        var lost =
            parted.Mended + parted.Left > 1
                ? " It seems to have lost its line breaks: set them again before links, credits and calls."
                : "";
        return new("description", true, Kept(source) + hashtags + lost);
    }

    private static string Kept(Source source)
    {
        if (AboutSentence.Find(source) is { } about)
        {
            var quoted = $"“{Graphemes.TakeWords(about.Text, Quoted)}”";
            if (ForeignMarkup.Find(source.SafeDescription) is { } sign)
            {
                return $"Keep yours: it says what the video is about ({quoted}). Take out the marks of another system (“{sign}”): YouTube "
                    + "shows them as they stand.";
            }

            return about.Opens
                ? $"Keep yours: it opens with what the video is about ({quoted})."
                : $"Keep yours: it says what the video is about ({quoted}).";
        }

        if (!DescriptionChecks.NeedsText(source) && source.Kind.Kind is VideoKind.Music or VideoKind.Performance)
        {
            return "Keep yours: under videos of this kind viewers expect credits and links, no prose.";
        }

        if (!source.HasPastedTitle && HasSentence(source))
        {
            return $"Keep yours for now: nothing can be added without inventing.{Advice(source)}";
        }

        var holds = source.HasPastedTitle ? "besides the title it holds no sentence" : "no sentence was found in it that is";
        return $"Keep yours for now: {holds} about this video, and nothing can be added without inventing.{Advice(source)}";
    }

    // A sentence that shares no word with the title may be about the video all the same.
    private static bool HasSentence(Source source) =>
        Sentences
            .Split(source.AboutText)
            .Select(range => source.AboutText[range])
            .Take(MostSentences)
            .Any(sentence =>
                Graphemes.DisplayWidth(sentence) >= LeastSentence
                && !Markup.HasLink(sentence)
                && Passages.Classify(sentence) is PassageKind.Prose or PassageKind.Boilerplate
            );

    private static List<string> Changes(string own, DescriptionSuggestion description, GluedLines parted)
    {
        var changes = new List<string>();
        if (NewOpening(own, description.Text) is { } first)
        {
            var from = own.IndexOf(first, StringComparison.Ordinal);
            changes.Add(
                from > 0
                    ? $"Opens with “{Graphemes.TakeWords(first, Quoted)}”, which stood {from} characters further down; {Opening} are seen."
                    : $"Opens with “{Graphemes.TakeWords(first, Quoted)}”: viewers see about {Opening} characters."
            );
        }

        if (IsParted(own, description.Text))
        {
            changes.Add(
                !Markup.HasLink(own) ? "The text is parted into paragraphs."
                : parted.IsMostlyLeft
                    ? "The text seems to have lost its line breaks. Where it shows for certain where one was, it is set again; set the "
                        + "others by hand."
                : parted.Left + parted.Open > 0
                    ? "Lines begin again where the text shows for certain that one began; look whether others are still joined."
                : "Links, credits and paragraphs stand on lines of their own where the text shows where they begin."
            );
        }

        if (description.KeyPoints.Any(point => description.Text.Contains("• " + point, StringComparison.Ordinal)))
        {
            changes.Add("Key points of what is said are listed.");
        }

        if (
            changes.Count == 0
            && Removed(own) != Removed(description.Text)
            && !Removed(description.Text).StartsWith(Removed(own), StringComparison.Ordinal)
        )
        {
            changes.Add("Chapters, paragraphs or hashtags are put in order.");
        }

        return changes;
    }

    /// <summary>The first line of a new text where it is not the creator's own; null where it is.</summary>
    public static string? NewOpening(string own, string text)
    {
        var first = text.Split('\n')[0].Trim();
        return
            first.Length > 0
            && DescriptionLines.Classify(first) != LineKind.Hashtags
            && !own.TrimStart().StartsWith(first[..Math.Min(first.Length, 40)], StringComparison.Ordinal)
            ? first
            : null;
    }

    /// <summary>Whether the new text has lines that the own one has not, apart from an opening and hashtags.</summary>
    public static bool IsParted(string own, string text) => Lines(text) > Lines(own) + (NewOpening(own, text) is null ? 0 : 1);

    private static string Advice(Source source) => AskedText.Advice(source) is { Length: > 0 } advice ? " What helps: " + advice : "";

    private static int Lines(string text) =>
        text.Split('\n').Count(line => DescriptionLines.Classify(line) is not (LineKind.Blank or LineKind.Hashtags));

    private static string Removed(string text) =>
        string.Concat(
            text.Split('\n')
                .Where(line => DescriptionLines.Classify(line) != LineKind.Hashtags)
                .SelectMany(line => line.Where(c => !char.IsWhiteSpace(c)))
        );
}
