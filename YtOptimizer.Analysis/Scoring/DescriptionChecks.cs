using System.Runtime.CompilerServices;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Checks D1–D5.</summary>
internal static class DescriptionChecks
{
    private const double EnoughStems = 60;
    private const int FewStems = 15;
    private const int FairStems = 41;
    private const int PlentyStems = 68;
    private const double Nearly = 0.995;
    private const double Good = 0.85;
    private const double Bad = 0.6;
    private const int EnoughOwn = 250;
    private const int ShortestShared = 10;
    private const int FewestLetters = 40;
    private const int FewestWords = 6;

    private static readonly ConditionalWeakTable<Source, StrongBox<int>> Counted = [];
    private const int FewestParted = 120;
    private const double SureKind = 0.5;
    private const int MostNeeded = 6;

    // Share of links, credits, calls and repeated lines.
    private const double MostUsual = 0.6;
    private const double Hardly = 0.05;

    private const string NoTextNeeded = "Videos of this kind need no prose in the description.";

    public static IEnumerable<Check> Compute(Source source, LanguageMemo detector)
    {
        // Credits and links are what viewers expect under a song or a result: missing prose is no fault there.
        var needsText = NeedsText(source);
        yield return needsText
            ? OpeningCheck.Compute(source, source.OwnDescription)
            : CheckCatalog.DescriptionOpening.NotApplicable(NoTextNeeded);
        yield return needsText ? Substance(source) : CheckCatalog.DescriptionSubstance.NotApplicable(NoTextNeeded);
        yield return Structure(source);
        yield return needsText ? Unique(source, source.OwnDescription) : CheckCatalog.DescriptionUnique.NotApplicable(NoTextNeeded);
        yield return LanguageCheck.Compute(source, detector);
    }

    /// <summary>Whether the kind, when it is sure, is one that descriptions tell about.</summary>
    public static bool NeedsText(Source source) => source.Kind.Confidence < SureKind || KindConventions.For(source.Kind.Kind).NeedsText;

    // The whole text counts, on however many lines it stands: the title's words, which say nothing new, and words that stand under every
    // video are left out.
    private static Check Substance(Source source)
    {
        var words = Words(source);
        return CheckCatalog.DescriptionSubstance.Scored(
            // Linear up to 60 words, and never quite full: one more fact always counts.
            (0.5 * Math.Min(1, words / EnoughStems)) + (0.5 * (1 - Math.Exp(-words / EnoughStems))),
            source.SafeDescription.Length == 0 ? "There is no description." : Amount(words),
            words < FewStems
                    ? "Say in two or three sentences who or what is seen, where it is and what comes of it. Search reads this text."
                : words >= PlentyStems ? ""
                : "Add what is missing: people, places, steps, results by name. Search reads this text."
        );
    }

    private static string Amount(int stems) =>
        stems == 0 ? "Besides the title's words, links, credits and calls no text was found in it."
        : stems < FewStems ? Text($"Besides the title's words, links, credits and calls {Words(stems)} left, hardly more than a title.")
        : stems < FairStems ? Text($"Besides the title's words, links, credits and calls {Words(stems)} left; {EnoughStems:F0} are a lot.")
        : stems < PlentyStems
            ? Text($"Besides the title's words, links, credits and calls {Words(stems)} left: a fair amount; more would help search.")
        : Text($"Besides the title's words, links, credits and calls {Words(stems)} left, which is plenty.");

    private static string Words(int stems) => stems == 1 ? "one word is" : Text($"{stems} different words are");

    /// <summary>Whether a description holds links, calls and the title's words at most.</summary>
    public static bool IsBare(Source source) => Words(source) < FewestWords;

    private static int Words(Source source) => Counted.GetValue(source, static key => new StrongBox<int>(CountWords(key))).Value;

    private static int CountWords(Source source)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var stems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var stem in source.ContentStems(DescriptionLines.Prose(ToldOfVideo.In(source))))
        {
            // Prices, account numbers and the remains of links say nothing.
            if (!title.Contains(stem) && !PhraseQuality.IsEverywhere(stem) && !stem.Any(char.IsDigit))
            {
                stems.Add(stem);
            }
        }

        return stems.Count;
    }

    private static Check Structure(Source source)
    {
        var lines = source
            .OwnDescription.Split('\n')
            .Where(line => DescriptionLines.Classify(line) is not (LineKind.Blank or LineKind.Hashtags))
            .ToList();
        if (lines.Count == 0)
        {
            return CheckCatalog.DescriptionStructure.Scored(
                0,
                string.IsNullOrWhiteSpace(source.SafeDescription) ? "No description." : "Besides the title and hashtags it holds no line.",
                "Write one or two sentences on what the video shows."
            );
        }

        // A sentence or a link cannot be put in order.
        if (lines.Sum(line => line.Length) < FewestParted)
        {
            return CheckCatalog.DescriptionStructure.NotApplicable("The description is too short to need parts.");
        }

        var longest = lines.Select(line => line.Length).Max();
        var needed = Math.Clamp(lines.Sum(line => line.Length) / 400.0, 1, 4);
        // Links one behind the other in a single line are read by nobody.
        var links = lines.Count == 1 ? Markup.Links(lines[0]).Count() : 0;
        if (links > 1)
        {
            needed = Math.Max(needed, Math.Min(MostNeeded, links + 1));
        }

        var score = (0.5 * Math.Min(1, lines.Count / needed)) + (0.5 * (1 - Math.Clamp((longest - 400) / 1600.0, 0, 1)));
        if (DescriptionForm.Fault(lines) is { } fault)
        {
            return CheckCatalog.DescriptionStructure.Scored(Math.Min(score, fault.Most), fault.Evidence, fault.Fix);
        }

        return CheckCatalog.DescriptionStructure.Scored(
            score,
            Form(score, lines.Count, longest, links),
            "Give links and credits lines of their own and break the text into short paragraphs."
        );
    }

    private static string Form(double score, int lines, int longest, int links)
    {
        var linked = links > 1 ? Text($" with {links} links") : "";
        if (lines == 1)
        {
            return score >= Nearly ? Text($"One short line of {longest} characters, which needs no parting.")
                : score >= Good ? Text($"All in one line of {longest} characters: still easy to read.")
                : score >= Bad ? Text($"All in one line of {longest} characters{linked}: readable, but paragraphs would help.")
                : Text($"All in one line of {longest} characters{linked}.");
        }

        return score >= Good ? Text($"{lines} lines, the longest of {longest} characters.")
            : score >= Bad ? Text($"{lines} lines, but one has {longest} characters.")
            : Text($"Only {lines} lines, one of {longest} characters.");
    }

    private static Check Unique(Source source, string description)
    {
        var total = NotBlank(description);
        if (total < FewestLetters)
        {
            return CheckCatalog.DescriptionUnique.NotApplicable("The description is too short to have usual parts.");
        }

        // Counted by characters and not by lines: a text that has lost its line breaks is no other text.
        var text = ToldOfVideo.In(source).ToCharArray();
        foreach (var span in Markup.Find(description))
        {
            if (span.Kind is MarkupKind.Link or MarkupKind.Email or MarkupKind.Mention or MarkupKind.Placeholder)
            {
                text.AsSpan(span.Start, span.Length).Fill(' ');
            }
        }

        foreach (
            var line in source
                .Input.OtherDescriptions.SelectMany(other => other.Split('\n'))
                .Select(line => line.Trim())
                .Distinct(StringComparer.Ordinal)
        )
        {
            var at = line.Length > ShortestShared ? description.IndexOf(line, StringComparison.Ordinal) : -1;
            if (at >= 0)
            {
                text.AsSpan(at, line.Length).Fill(' ');
            }
        }

        var own = NotBlank(text);
        var ratio = 1 - ((double)own / total);
        // Enough text of its own is enough, however many links follow it.
        var score = Math.Max(1 - Math.Clamp((ratio - MostUsual) / 0.4, 0, 1), Math.Min(1, own / (double)EnoughOwn));
        var what =
            source.Input.OtherDescriptions.Count > 0 ? "links, credits, calls or lines of your other videos" : "links, credits or calls";
        return CheckCatalog.DescriptionUnique.Scored(
            score,
            ratio < Hardly ? $"Hardly any {what}."
                : ratio <= MostUsual ? Text($"{ratio:P0} of the text are {what}; that is usual.")
                : score >= Good ? Text($"{ratio:P0} of the text are {what}; enough other text stands beside them.")
                : score >= Bad ? Text($"{ratio:P0} of the text are {what}; a little more text of its own would help.")
                : own == 0 ? $"Nothing was found in it but {what}."
                : Text($"{ratio:P0} of the text are {what}; little else stands in it."),
            "Add two sentences that are about this video alone."
        );
    }

    private static int NotBlank(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsWhiteSpace(c) ? 0 : 1;
        }

        return count;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
