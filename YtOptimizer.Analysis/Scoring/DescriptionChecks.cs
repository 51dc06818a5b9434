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
    private const double SureKind = 0.6;
    private const int MostNeeded = 6;

    // Share of links, calls and repeated lines.
    private const double MostUsual = 0.5;
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

    private static Check Substance(Source source)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in DescriptionLines.Split(source.OwnDescription))
        {
            if (line.Kind is LineKind.Prose or LineKind.Chapter or LineKind.Credit or LineKind.Link)
            {
                foreach (var stem in source.ContentStems(DescriptionLines.Prose(line.Text)))
                {
                    stems.Add(stem);
                }
            }
        }

        return CheckCatalog.DescriptionSubstance.Scored(
            // Linear up to 60 words, and never quite full: one more fact always counts.
            (0.5 * Math.Min(1, stems.Count / EnoughStems)) + (0.5 * (1 - Math.Exp(-stems.Count / EnoughStems))),
            Amount(source, stems.Count),
            stems.Count < FewStems
                    ? "Say in two or three sentences who or what is seen, where it is and what comes of it. Search reads this text."
                : stems.Count >= EnoughStems ? ""
                : "Add what is missing: people, places, steps, results by name. Search reads this text."
        );
    }

    private static string Amount(Source source, int stems)
    {
        if (stems == 0)
        {
            return source.HasPastedTitle ? "Besides the title it holds no word about the video." : "It holds no word about the video.";
        }

        var copies = source.HasPastedTitle ? "Without the copy of the title it" : "It";
        return stems < FewStems
                ? Text($"{copies} holds {stems} words that say something, hardly more than a title; {EnoughStems:F0} are plenty.")
            : stems >= EnoughStems ? Text($"{copies} holds {stems} different words that say something, which is plenty.")
            : Text($"{copies} holds {stems} different words that say something; {EnoughStems:F0} are plenty.");
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

        var longest = lines.Select(line => line.Length).Max();
        var needed = Math.Clamp(lines.Sum(line => line.Length) / 400.0, 1, 4);
        // Links one behind the other in a single line are read by nobody.
        var links = lines.Count == 1 ? Markup.Links(lines[0]).Count() : 0;
        if (links > 1)
        {
            needed = Math.Max(needed, Math.Min(MostNeeded, links + 1));
        }

        var score = (0.5 * Math.Min(1, lines.Count / needed)) + (0.5 * (1 - Math.Clamp((longest - 400) / 1600.0, 0, 1)));
        return CheckCatalog.DescriptionStructure.Scored(
            score,
            lines.Count == 1
                ? (score < 0.995 ? "All in one line" : "One short line")
                    + Text($" of {longest} characters{(links > 1 ? Text($" with {links} links") : "")}.")
                : Text($"{lines.Count} lines, the longest of {longest} characters."),
            "Give links and credits lines of their own and break the text into short paragraphs."
        );
    }

    private static Check Unique(Source source, string description)
    {
        var total = NotBlank(description);
        if (total == 0)
        {
            return CheckCatalog.DescriptionUnique.NotApplicable("No description.");
        }

        var shared = source
            .Input.OtherDescriptions.SelectMany(other => other.Split('\n'))
            .Select(line => line.Trim())
            .Where(line => line.Length > 10)
            .ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // Hashtags have a check of their own.
        var written = HashtagRuns.Blank(source.SafeDescription);
        var boilerplate = source
            .Passages.Where(passage => !passage.IsAboutVideo && passage.Kind != PassageKind.Cast)
            .Sum(passage => NotBlank(written.AsSpan(passage.Start, passage.Length)));
        foreach (var line in DescriptionLines.Split(description))
        {
            var length = NotBlank(line.Text);
            if (line.Kind == LineKind.Prose && length > 10 && (!seen.Add(line.Text.Trim()) || shared.Contains(line.Text.Trim())))
            {
                boilerplate += length;
            }
        }

        var ratio = Math.Min(1, (double)boilerplate / total);
        return CheckCatalog.DescriptionUnique.Scored(
            1 - Math.Clamp((ratio - MostUsual) / 0.4, 0, 1),
            ratio <= MostUsual
                ? ratio < Hardly
                    ? "The text is about this video."
                    : Text($"{ratio:P0} of the text are links, calls or repeated lines; that is usual.")
                : Text($"{ratio:P0} of the text are links, calls or repeated lines; up to half is usual."),
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
