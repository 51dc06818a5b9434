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
    private const int LongCall = 150;
    private const double WellTaken = 0.5;
    private const double HardlyTaken = 0.2;

    // Where nothing can be named that is missing, no points are taken for it.
    private const double Faultless = 0.9;

    public static Check Compute(Source source, string description)
    {
        var opening = Graphemes.Take(description, Opening);
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
        var score = (0.4 * Math.Min(1, (double)prose / EnoughProse)) + (0.35 * (of == 0 ? share : got / of)) + (0.25 * share);
        var missing = asked
            .Select(main => main.Phrase)
            // What the title does not name need not be named here first, and where half of the title is taken up, no word of it is missing.
            .Where(phrase =>
                phrase.Candidate.TitleCount > 0
                && !Holds(phrase)
                && (share < WellTaken || !asked.Any(main => Holds(main.Phrase)))
                && AskedPhrases.IsNameable(source, phrase)
                && AskedPhrases.IsNamed(source, phrase)
            )
            .Select(phrase => phrase.Surface)
            .FirstOrDefault();
        if (Reason(source, prose, share, missing) is not var (evidence, fix))
        {
            return CheckCatalog.DescriptionOpening.Scored(Math.Max(score, Faultless), "Its opening says what the video is about.", "");
        }

        return CheckCatalog.DescriptionOpening.Scored(score, evidence, fix);
    }

    // The first thing that keeps a viewer from knowing what the video is about.
    private static (string Evidence, string Fix)? Reason(Source source, int prose, double share, string? subject)
    {
        if (string.IsNullOrWhiteSpace(source.SafeDescription))
        {
            return ("There is no description.", "Write one or two sentences on what the video shows.");
        }

        if (prose == 0 && source.HasPastedTitle)
        {
            return ("It only repeats the title, which stands right above.", "Say in one or two sentences what the title does not.");
        }

        var named = subject is null ? "the subject" : $"“{subject}”";
        if (First(source) is { } first)
        {
            return ($"It opens with {first}.", $"Put one or two sentences on {named} before it; links and calls come after them.");
        }

        if (prose < ShortProse)
        {
            return (
                FormattableString.Invariant(
                    $"Of what is seen before “more” only {prose} characters are text; about {EnoughProse} say what is shown."
                ),
                $"Say more on {named} in the first two lines, before any link."
            );
        }

        var copy = source.HasPastedTitle ? ", apart from a copy of the title" : "";
        if (subject is not null)
        {
            return (
                $"Its opening does not name “{subject}”{copy}.",
                $"Let the first sentence name “{subject}” and say what is shown of it."
            );
        }

        var left = share < WellTaken ? Left(source) : [];
        return left.Count > 0
                ? (
                    $"Its opening says nothing of {string.Join(", ", left)}{copy}.",
                    "Let the first sentence say what the title promises; the rest follows."
                )
            : share < HardlyTaken && !IsOtherScript(source)
                ? ($"Its opening takes up hardly a word of the title{copy}.", "Let the first sentence say what the title promises.")
            : null;
    }

    // Then it cannot be compared word by word.
    private static bool IsOtherScript(Source source) =>
        source.Tokens(source.SafeTitle).Exists(token => !token.IsStop && source.Told.Forms.IsOtherScript(token.Folded));

    // What stands first where that is not about the video: "a call (“Subscribe to …”)".
    private static string? First(Source source)
    {
        foreach (var passage in source.Passages)
        {
            if (passage.IsAboutVideo || passage.Kind is PassageKind.Cast or PassageKind.Hashtags or PassageKind.Lyrics)
            {
                // A copy of the title and hashtags are looked past.
                if (passage.Kind == PassageKind.Hashtags || IsCopy(source, passage))
                {
                    continue;
                }

                return null;
            }

            // A long passage that was taken for a call may tell something, too.
            if (passage.Kind is not (PassageKind.Link or PassageKind.Contact) && passage.Length > LongCall)
            {
                return null;
            }

            var quoted = Graphemes.TakeWords(TextCleaner.Tidy(source.SafeDescription.Substring(passage.Start, passage.Length)), Quoted);
            var kind = passage.Kind switch
            {
                PassageKind.Link => "a link",
                PassageKind.Contact => "an address",
                PassageKind.Credit => "credits",
                PassageKind.Sponsor or PassageKind.Discount or PassageKind.OtherVideo or PassageKind.CallToAction => "a call or an offer",
                PassageKind.Social => "profiles",
                _ => "what stands under every video",
            };
            return quoted.Length == 0 ? kind : $"{kind} (“{quoted}”)";
        }

        return null;
    }

    private static bool IsCopy(Source source, Passage passage)
    {
        var text = TextCleaner.Tidy(source.SafeDescription.Substring(passage.Start, passage.Length));
        return text.Length > 0 && Folding.Fold(source.SafeTitle).Contains(Folding.Fold(text), StringComparison.Ordinal);
    }

    // Words of the title that the opening does not take up.
    private static List<string> Left(Source source) => [.. PromisedWords.Untold(source, source.SafeTitle, 3).Select(word => $"“{word}”")];
}
