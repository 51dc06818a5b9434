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
    private const int Beginning = 60;
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?。！？…");
    private const int FewestAdded = 3;
    private const int LongStem = 5;
    private const double WellTaken = 0.4;

    // Ends of what is called bad, fair and good.
    private const double OnlyTitle = 0.1;
    private const double Worst = 0.3;
    private const double Bad = 0.5;
    private const double Fair = 0.62;
    private const double Middle = 0.8;
    private const double Fine = 0.85;
    private const double Good = 0.9;
    private const double OtherWords = 0.2;

    public static Check Compute(Source source, string description)
    {
        // A copy of the title stands for nothing, on a line of its own or not.
        var (own, told) = WithoutTitle(description, ToldOfVideo.In(source), source.SafeTitle);
        var opening = Graphemes.Take(own, Opening);
        // What is no link, credit, advert or call.
        var about = told[..opening.Length];
        var prose = Graphemes.DisplayWidth(TextCleaner.Tidy(DescriptionLines.Prose(about)));
        var folded = Folding.Fold(about);
        double got = 0,
            of = 0;
        // The title's words are what a viewer came for; the main phrases are what search came for.
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var taken = source.ContentStems(about).ToHashSet(StringComparer.Ordinal);
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

        var share = title.Count == 0 ? 1 : (double)title.Count(stem => taken.Contains(stem) || IsPart(folded, stem)) / title.Count;
        var value = (0.4 * Math.Min(1, (double)prose / EnoughProse)) + (0.35 * (of == 0 ? share : got / of)) + (0.25 * share);
        // What neither the title nor every video says.
        var adds = taken.Count(stem => !title.Contains(stem) && !PhraseQuality.IsEverywhere(stem)) >= FewestAdded;
        var (score, evidence, fix) = Judge(
            source,
            new Seen(opening, prose, share, adds, value, opening.AsSpan().Trim().SequenceEqual(about.AsSpan().Trim()))
        );
        return CheckCatalog.DescriptionOpening.Scored(score, evidence, fix);
    }

    // Both texts without the copies of the title, and from the first sign on; offsets stay the same in both.
    private static (string Own, string Told) WithoutTitle(string own, string told, string title)
    {
        for (
            var at = title.Length < ShortestCopy ? -1 : own.IndexOf(title, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = own.IndexOf(title, at, StringComparison.OrdinalIgnoreCase)
        )
        {
            own = string.Concat(own.AsSpan(0, at), " ", own.AsSpan(at + title.Length));
            told = string.Concat(told.AsSpan(0, at), " ", told.AsSpan(at + title.Length));
        }

        var start = own.Length - own.TrimStart().Length;
        return (own[start..], told[start..]);
    }

    // Another ending is the same word: a Korean particle, a case.
    private static bool IsPart(string folded, string stem) =>
        Scripts.OfFirst(stem) switch
        {
            Script.Hangul => stem.Length > 1 && folded.Contains(stem[..Math.Max(2, stem.Length - 1)], StringComparison.Ordinal),
            var script when Scripts.IsUnspaced(script) => folded.Contains(stem, StringComparison.Ordinal),
            _ => stem.Length >= LongStem && folded.Contains(stem[..^1], StringComparison.Ordinal),
        };

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
        if ((First(source, seen.Opening) ?? Foreign(source)) is { } first)
        {
            return takesUp && seen.Adds && seen.Prose >= EnoughProse
                ? (
                    Math.Clamp(seen.Value, Fair, Middle),
                    $"Its first lines hold words of the title, but they begin with {first}.",
                    "Move that below what the video is about."
                )
                : (Poor(), $"It begins with {first}.", "Put one or two sentences on the video before it and move it below them.");
        }

        if (seen.Prose < ShortProse)
        {
            return (
                Poor(),
                seen.IsAllText ? "It is short: hardly more than the title says."
                : seen.Prose == 0 ? "What is seen before “more” holds links, credits or calls and no text on the video."
                : "What is seen before “more” holds little text on the video besides links, credits or calls.",
                "Say more on what is shown in the first two lines, before any link."
            );
        }

        var copy = source.HasPastedTitle ? "Besides a copy of the title its" : "Its";
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

        // Other words may say the same: what opens with text is no bad opening.
        return (
            Math.Clamp(seen.Value + OtherWords, Fair, seen.Adds ? Fine : Middle),
            seen.Share > 0
                ? $"{copy} first lines are text and share some words with the title."
                : $"{copy} first lines are text in other words than the title's; whether they say the same cannot be told by words.",
            "If they do not say what the title promises, begin with a sentence that does."
        );
    }

    // Two words of the title: then it is about the video, whatever link or call it leads to.
    private static bool IsOnTitle(Source source, string text)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var told = source.ContentStems(DescriptionLines.Prose(text)).Distinct(StringComparer.Ordinal).ToList();
        return told.Count > 2 && told.Count(title.Contains) > 1;
    }

    // What is not about the video, as the marks of such lines tell it.
    private static string? Foreign(Source source)
    {
        if (
            ToldOfVideo.First(source) is not { } passage
            || ToldOfVideo.Head(source.OwnDescription.Substring(passage.Start, passage.Length), passage.Kind) > 0
            // A sentence that only ends in the name of a profile or another video begins with something else.
            || Passages.Classify(Graphemes.TakeWords(source.OwnDescription[passage.Start..passage.End].TrimStart(), Beginning))
                != passage.Kind
        )
        {
            return null;
        }

        var what = passage.Kind switch
        {
            PassageKind.Sponsor or PassageKind.Discount => "an advert",
            PassageKind.CallToAction or PassageKind.OtherVideo => "a call",
            PassageKind.Social or PassageKind.Contact => "a profile or an address",
            _ => null,
        };
        var begin = Graphemes.TakeWords(source.OwnDescription[passage.Start..passage.End].TrimStart(), Beginning);
        return what is null || IsOnTitle(source, begin)
            ? null
            : $"{what} (“{Quote(source.OwnDescription[passage.Start..], passage.Length)}”)";
    }

    // A link or an address among the first words, on whatever lines they stand: "a link (“Subscribe: https://…”)".
    private static string? First(Source source, string opening)
    {
        foreach (var span in Markup.Find(opening))
        {
            if (span.Kind is not (MarkupKind.Link or MarkupKind.Email))
            {
                continue;
            }

            // What ends before the link is a sentence and no label of it.
            var label = TextCleaner.Tidy(opening[..span.Start]);
            return Graphemes.DisplayWidth(label) < LabelOfLink && !IsOnTitle(source, label) && label.AsSpan().IndexOfAny(SentenceEnds) < 0
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

    /// <param name="Opening">What is seen before "more".</param>
    /// <param name="Prose">Columns of it that are text on the video.</param>
    /// <param name="Share">Of the title's words that it holds.</param>
    /// <param name="Adds">Whether it holds words that the title does not.</param>
    /// <param name="Value">0–1, of these and the main phrases.</param>
    /// <param name="IsAllText">Whether it holds no link, credit, advert or call.</param>
    private readonly record struct Seen(string Opening, int Prose, double Share, bool Adds, double Value, bool IsAllText);
}
