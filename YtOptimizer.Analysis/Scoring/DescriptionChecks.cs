using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>Checks D1–D5.</summary>
internal static class DescriptionChecks
{
    private const int Opening = 150;
    private const double EnoughStems = 60;
    private const int EnoughProse = 90;
    private const double SureKind = 0.6;
    private const int MostNeeded = 6;

    // Letters; in fewer of them names decide what the language looks like.
    private const int EnoughTitle = 30;
    private const int EnoughText = 80;
    private const double SureLanguage = 0.97;
    private static readonly string[][] Relatives =
    [
        ["ru", "uk", "be", "ky", "bg"],
        ["es", "pt", "gl", "ca"],
        ["cs", "sk"],
        ["no", "da", "sv"],
        ["hi", "mr", "ne"],
    ];

    // Malay and Filipino are read as Indonesian, Afrikaans as Dutch, Latvian and Estonian as Lithuanian, Danish as Swedish.
    private static readonly HashSet<string> StandIns = new(StringComparer.Ordinal) { "id", "nl", "lt", "sv" };

    private const string NoTextNeeded = "Videos of this kind need no prose in the description.";

    public static IEnumerable<Check> Compute(Source source, LanguageMemo detector)
    {
        // Credits and links are what viewers expect under a song or a result: missing prose is no fault there.
        var needsText = NeedsText(source);
        yield return needsText ? Open(source, source.OwnDescription) : CheckCatalog.DescriptionOpening.NotApplicable(NoTextNeeded);
        yield return needsText ? Substance(source) : CheckCatalog.DescriptionSubstance.NotApplicable(NoTextNeeded);
        yield return Structure(source);
        yield return needsText ? Unique(source, source.OwnDescription) : CheckCatalog.DescriptionUnique.NotApplicable(NoTextNeeded);
        yield return Language(source, detector);
    }

    /// <summary>Whether the kind, when it is sure, is one that descriptions tell about.</summary>
    public static bool NeedsText(Source source) => source.Kind.Confidence < SureKind || KindConventions.For(source.Kind.Kind).NeedsText;

    private static Check Open(Source source, string description)
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
        foreach (var (main, weight) in AskedPhrases.Of(source))
        {
            got += Holds(main) ? weight : 0;
            of += weight;
        }

        var share = title.Count == 0 ? 1 : (double)title.Count(taken.Contains) / title.Count;
        var score = (0.4 * Math.Min(1, (double)prose / EnoughProse)) + (0.35 * (of == 0 ? share : got / of)) + (0.25 * share);
        var missing =
            AskedPhrases.First(source) is { } phrase && !Holds(phrase)
                ? $" “{phrase.Surface}” is not among them{(source.HasPastedTitle ? ", apart from the copy of the title" : "")}."
                : "";
        var shown = Graphemes.Count(opening);
        return CheckCatalog.DescriptionOpening.Scored(
            score,
            Text($"Of the first {shown} characters, which viewers see before “more”, {Math.Min(prose, shown)} are text and no links.")
                + missing,
            "Begin with one or two sentences on what the video shows; links come later."
        );
    }

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
            Text($"{stems.Count} different words that say something; {EnoughStems:F0} are plenty."),
            "Describe what happens: people, places, steps, results. Search reads this text."
        );
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
                ? Text($"All in one line of {longest} characters{(links > 1 ? Text($" with {links} links") : "")}.")
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
            1 - Math.Clamp((ratio - 0.5) / 0.4, 0, 1),
            Text($"{ratio:P0} of the text are links, calls or repeated lines."),
            "Add text that is about this video alone."
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

    private static Check Language(Source source, LanguageMemo detector)
    {
        var declared = LanguageDetector.Primary(source.Input.DeclaredLanguage);
        var isEnough = Letters(source.SafeTitle) >= EnoughTitle && Letters(source.AboutText) >= EnoughText;
        if (!isEnough && declared is null)
        {
            return CheckCatalog.SameLanguage.NotApplicable("Too little text to compare languages.");
        }

        var title = detector.Detect(source.SafeTitle);
        var description = detector.Detect(source.AboutText);
        var comparable =
            isEnough
            && title.Confidence >= SureLanguage
            && description.Confidence >= SureLanguage
            && !IsDoubtful(title.Code, description.Code);
        if (!comparable && declared is null)
        {
            return CheckCatalog.SameLanguage.NotApplicable("Too little text to compare languages.");
        }

        var same = !comparable || title.Code == description.Code;
        var declaredFits =
            declared is null || description.Confidence < 0.9 || declared == description.Code || !LanguageDetector.IsSupported(declared);
        return CheckCatalog.SameLanguage.Scored(
            (same ? 0.6 : 0) + (declaredFits ? 0.4 : 0),
            $"Title: {title.Code}, description: {description.Code}{(declared is null ? "" : $", declared: {declared}")}.",
            "Use one language for title and description, and set it on the video."
        );
    }

    // Relatives are taken for each other, and languages that are not told apart here for the nearest one that is.
    private static bool IsDoubtful(string title, string description) =>
        title != description
        && (
            StandIns.Contains(title)
            || StandIns.Contains(description)
            || Array.Exists(Relatives, group =>
                group.Contains(title, StringComparer.Ordinal) && group.Contains(description, StringComparer.Ordinal)
            )
        );

    private static int Letters(string text) => text.Count(char.IsLetter);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
