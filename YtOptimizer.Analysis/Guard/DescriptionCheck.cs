using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Guard;

/// <summary>
/// A proposed description is shipped whole or not at all: the first new sentence and at least four fifths of the new ones must pass.
/// The creator's prose, links, credits and hashtags that it lost are put back.
/// </summary>
internal sealed class DescriptionCheck(Source source, GroundingRules rules, LanguageMemo detector)
{
    private const double LeastKept = 0.8;
    private const double Retold = 0.5;
    private const int FewestLetters = 30;
    private const int MostLines = 400;
    private const int MostHashtags = 5;

    private readonly HashSet<string> known = Markup
        .Links(source.Input.Description)
        .Concat(GuardText.Emails(source.Input.Description))
        .ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> originals = DescriptionLines
        .Split(TextCleaner.ReplaceAngleBrackets(source.SafeDescription))
        .Select(line => line.Text.Trim())
        .ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<TimeSpan> times = ChapterList
        .Parse(source.SafeDescription)
        .Select(chapter => chapter.Start)
        .Concat(source.Input.Transcript?.Segments.Select(segment => TimeSpan.FromSeconds(Math.Floor(segment.Start.TotalSeconds))) ?? [])
        .Append(TimeSpan.Zero)
        .ToHashSet();
    private readonly List<GuardViolation> violations = [];
    private int written;
    private int passed;
    private int letters;
    private bool firstFailed;

    public GuardResult<DescriptionSuggestion> Check(string description, SuggestionSource origin)
    {
        var kept = TextCleaner.Clean(description).Split('\n').Take(MostLines).Select(Line).OfType<string>().ToList();
        if (letters < FewestLetters)
        {
            return Refuse("nothing_left", "Too little of the description is supported by the source.");
        }

        if (firstFailed || passed < written * LeastKept)
        {
            return Refuse(
                "too_much_refused",
                firstFailed
                    ? "The first sentence is not supported by the source."
                    : "More than a fifth of the sentences is not supported by the source."
            );
        }

        var text = Complete(kept);
        rules.CheckLanguage(string.Join(' ', kept.Where(line => !originals.Contains(line))), detector, violations);
        if (violations.Exists(violation => violation.Code == "other_language"))
        {
            return new(false, null, violations);
        }

        return DescriptionWriter.Fits(text)
            ? new(
                true,
                new DescriptionSuggestion
                {
                    Text = text,
                    Hashtags = [.. HashtagWriter.Existing(text).Distinct(StringComparer.Ordinal).Take(MostHashtags)],
                    Source = origin,
                },
                violations
            )
            : Refuse("too_long", "More than 5,000 bytes with the creator's own links and credits.");
    }

    private GuardResult<DescriptionSuggestion> Refuse(string code, string why)
    {
        violations.Add(new(code, why));
        return new(false, null, violations);
    }

    /// <summary>What is left of a line; null when nothing is.</summary>
    private string? Line(string line)
    {
        var trimmed = line.Trim();
        if (trimmed.Length == 0 || originals.Contains(trimmed))
        {
            return trimmed;
        }

        if (ChapterList.ParseLine(trimmed) is { } chapter && !times.Contains(chapter.Start))
        {
            violations.Add(new("invented_time", $"“{Graphemes.Take(trimmed, 40)}” has a time that is not in the source."));
            written++;
            return null;
        }

        var sentences = new List<string>();
        foreach (var range in Sentences.Split(trimmed))
        {
            written++;
            if (Keeps(trimmed[range]))
            {
                sentences.Add(trimmed[range]);
                passed++;
                letters += trimmed[range].Count(char.IsLetter);
            }
            else
            {
                firstFailed |= written == 1;
            }
        }

        return sentences.Count > 0 ? string.Join(' ', sentences) : null;
    }

    private bool Keeps(string sentence)
    {
        var problems = new List<GuardViolation>();
        foreach (var span in Markup.Find(sentence))
        {
            var piece = sentence.Substring(span.Start, span.Length);
            if (span.Kind is MarkupKind.Link or MarkupKind.Email && !known.Contains(piece))
            {
                problems.Add(new("foreign_link", $"“{Graphemes.Take(piece, 60)}” is not one of the creator's links."));
            }
            else if (
                span.Kind is MarkupKind.Placeholder or MarkupKind.Mention
                && !source.Input.Description.Contains(piece, StringComparison.Ordinal)
            )
            {
                problems.Add(new(span.Kind == MarkupKind.Mention ? "foreign_mention" : "placeholder", $"“{piece}” is not in the source."));
            }
        }

        if (GuardText.LooksLikePlaceholder(sentence))
        {
            problems.Add(new("placeholder", $"“{Graphemes.Take(sentence, 60)}” holds a placeholder."));
        }

        rules.CheckProse(DescriptionLines.Prose(sentence), problems);
        problems.AddRange(
            HashtagWriter
                .Existing(sentence)
                .Where(hashtag => !HashtagCheck.IsSupported(source, hashtag))
                .Select(hashtag => new GuardViolation("unsupported_hashtag", $"“{hashtag}” is not in the source."))
        );
        violations.AddRange(problems);
        return problems.Count == 0;
    }

    // What the creator must not lose goes back, in its order, before the hashtags.
    private string Complete(List<string> kept)
    {
        var body = string.Join('\n', kept).Trim();
        var stems = source.ContentStems(body).ToHashSet(StringComparer.Ordinal);
        var guarded = DescriptionWriter.Protected(source).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        var timed = ChapterList.Parse(body).Count > 0;
        var tagged = HashtagWriter.Existing(body).Any();
        var lost = DescriptionLines
            .Split(TextCleaner.ReplaceAngleBrackets(source.SafeDescription))
            .Select(line => (Text: line.Text.Trim(), line.Kind))
            .Where(line =>
                line.Text.Length > 0
                && !body.Contains(line.Text, StringComparison.Ordinal)
                && (
                    line.Kind == LineKind.Chapter ? !timed
                    : line.Kind == LineKind.Hashtags ? !tagged
                    : guarded.Contains(line.Text) || IsUntold(line.Text, stems)
                )
            )
            .Select(line => line.Text)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        lost.AddRange(
            guarded.Where(line => !body.Contains(line, StringComparison.Ordinal) && !lost.Contains(line, StringComparer.Ordinal))
        );
        if (lost.Count == 0)
        {
            return body;
        }

        var lines = body.Split('\n').ToList();
        var tail = new List<string>();
        while (lines.Count > 0 && DescriptionLines.Classify(lines[^1]) is LineKind.Hashtags or LineKind.Blank)
        {
            tail.Insert(0, lines[^1]);
            lines.RemoveAt(lines.Count - 1);
        }

        return string.Join('\n', [.. lines, "", .. lost, .. tail]).Trim();
    }

    // A line of the creator's own that the new text does not tell in its own words.
    private bool IsUntold(string line, HashSet<string> stems)
    {
        var own = source.ContentStems(line).ToList();
        return own.Count > 0 && own.Count(stems.Contains) < own.Count * Retold;
    }
}
