using System.Buffers;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Check D1: whether what is seen of a description says what the video is about, and what it says instead.</summary>
internal static class OpeningCheck
{
    private const int Opening = 150;
    private const int EnoughProse = 90;
    private const int ShortProse = 60;
    private const int Quoted = 40;
    private const int ShortestCopy = 12;
    private const int LabelOfLink = 60;
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?。！？…");
    private const int FewestAdded = 3;
    private const double WellTaken = 0.4;

    // Ends of what is called bad, fair and good.
    private const double OnlyTitle = 0.1;
    private const double Worst = 0.3;
    private const double Bad = 0.5;
    private const double Fair = 0.62;
    private const double Middle = 0.8;
    private const double Good = 0.9;

    public static Check Compute(Source source, string description)
    {
        // A copy of the title stands for nothing, on a line of its own or not.
        var own =
            source.SafeTitle.Length >= ShortestCopy
                ? description.Replace(source.SafeTitle, " ", StringComparison.OrdinalIgnoreCase).TrimStart()
                : description;
        var opening = Graphemes.Take(own, Opening);
        var prose = Graphemes.Count(TextCleaner.Tidy(DescriptionLines.Prose(opening)));
        var folded = Folding.Fold(opening);
        double got = 0,
            of = 0;
        // The title's words are what a viewer came for; the main phrases are what search came for.
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var taken = source.ContentStems(opening).ToHashSet(StringComparer.Ordinal);
        // In another form or order it is there, too.
        bool Holds(RankedPhrase phrase) =>
            folded.Contains(phrase.Key, StringComparison.Ordinal)
            || (source.ContentStems(phrase.Surface).ToList() is { Count: > 0 } words && words.TrueForAll(taken.Contains));
        var asked = AskedPhrases.Of(source);
        foreach (var (main, weight) in asked)
        {
            got += Holds(main) ? weight : 0;
            of += weight;
        }

        var share = title.Count == 0 ? 1 : (double)title.Count(taken.Contains) / title.Count;
        var value = (0.4 * Math.Min(1, (double)prose / EnoughProse)) + (0.35 * (of == 0 ? share : got / of)) + (0.25 * share);
        // What neither the title nor every video says.
        var adds = taken.Count(stem => !title.Contains(stem) && !PhraseQuality.IsEverywhere(stem)) >= FewestAdded;
        var (score, evidence, fix) = Judge(source, new Seen(opening, prose, share, adds, value));
        return CheckCatalog.DescriptionOpening.Scored(score, evidence, fix);
    }

    // The first thing that keeps a viewer from knowing what the video is about; a score within what is said of it.
    private static (double Score, string Evidence, string Fix) Judge(Source source, Seen seen)
    {
        double Poor() => Math.Clamp(seen.Value, Worst, Bad);
        if (string.IsNullOrWhiteSpace(source.SafeDescription))
        {
            return (0, "There is no description.", "Write one or two sentences on what the video shows.");
        }

        if (string.IsNullOrWhiteSpace(source.OwnDescription))
        {
            return source.HasPastedTitle
                ? (
                    OnlyTitle,
                    "It only repeats the title, which stands right above.",
                    "Say in one or two sentences what the title does not."
                )
                : (0, "Besides hashtags it holds no text.", "Write one or two sentences on what the video shows.");
        }

        var takesUp = seen.Share >= WellTaken;
        if (First(seen.Opening) is { } first)
        {
            return takesUp && seen.Adds && seen.Prose >= EnoughProse
                ? (
                    Math.Clamp(seen.Value, Fair, Middle),
                    $"Its first lines hold words of the title, but they begin with {first}.",
                    "Put what the video is about before it; links and calls come after them."
                )
                : (Poor(), $"It begins with {first}.", "Put one or two sentences on the video before it; links and calls come after them.");
        }

        if (seen.Prose < ShortProse)
        {
            return (
                Poor(),
                seen.Prose == 0
                    ? "What is seen before “more” holds no text on the video."
                    : Text($"Of what is seen before “more” only {seen.Prose} characters are text; about {EnoughProse} say what is shown."),
                "Say more on what is shown in the first two lines, before any link."
            );
        }

        var copy = source.HasPastedTitle ? "Besides a copy of the title its" : "Its";
        if (UntoldSubjects.Of(source, source.SafeTitle) is { Count: > 0 } missing && seen.Share < WellTaken)
        {
            return (
                Poor(),
                $"{copy} opening does not name “{missing[0]}”, nor does the rest.",
                $"Let the first sentence name “{missing[0]}” and say what is shown of it."
            );
        }

        if (takesUp && seen.Adds)
        {
            return (Math.Max(seen.Value, Good), $"{copy} first lines say more on what the title names.", "");
        }

        if (takesUp)
        {
            return (
                Poor(),
                $"{copy} first lines say hardly more than the title.",
                "Let the first sentence say what the title does not: who, where, how, with what result."
            );
        }

        // Other words may say the same.
        return (
            Math.Clamp(seen.Value, Fair, Middle),
            $"{copy} first lines are text; "
                + $"{(seen.Share > 0 ? "few words of the title come" : "hardly a word of the title comes")} back in them.",
            "Let the first sentence say what the title promises."
        );
    }

    // A link or an address among the first words, on whatever lines they stand: "a link (“Subscribe: https://…”)".
    private static string? First(string opening)
    {
        foreach (var span in Markup.Find(opening))
        {
            if (span.Kind is not (MarkupKind.Link or MarkupKind.Email))
            {
                continue;
            }

            // What ends before the link is a sentence and no label of it.
            var label = TextCleaner.Tidy(opening[..span.Start]);
            return Graphemes.DisplayWidth(label) < LabelOfLink && label.AsSpan().IndexOfAny(SentenceEnds) < 0
                ? $"{(span.Kind == MarkupKind.Link ? "a link" : "an address")} (“{Quote(opening, span.End)}”)"
                : null;
        }

        return null;
    }

    private static string Quote(string opening, int end)
    {
        var text = TextCleaner.Tidy(opening[..end]);
        return Graphemes.Count(text) <= Quoted ? text : Graphemes.TakeWords(text, Quoted) + "…";
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    /// <param name="Opening">What is seen before "more".</param>
    /// <param name="Prose">Characters of it that are text.</param>
    /// <param name="Share">Of the title's words that it holds.</param>
    /// <param name="Adds">Whether it holds words that the title does not.</param>
    /// <param name="Value">0–1, of these and the main phrases.</param>
    private readonly record struct Seen(string Opening, int Prose, double Share, bool Adds, double Value);
}
