using YtOptimizer.Analysis;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Evaluation;

/// <summary>Damage that must lower the score. A change counts only where it does damage (no CAPS for Japanese).</summary>
internal sealed class Metamorphic(Analyzer analyzer)
{
    private static readonly string[] Unrelated =
    [
        "quarterly dividend",
        "zinc plating",
        "alpaca shearing",
        "baroque harpsichord",
        "septic tank",
        "curling stones",
        "macrame owl",
        "diesel injector",
        "beekeeping smoker",
        "origami crane",
        "tax deferral",
        "polka accordion",
        "granite quarry",
        "falconry glove",
        "marzipan mould",
        "sauna bucket",
        "lathe chuck",
        "tulip bulbs",
        "sextant navigation",
        "gumboot polish",
    ];

    public List<NamedShare> Run(IReadOnlyList<EvaluationVideo> videos)
    {
        var tallies = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (var video in videos)
        {
            var input = video.ToInput();
            var score = analyzer.ScoreOf(input);
            foreach (var (name, worse) in Damage(input))
            {
                var after = analyzer.ScoreOf(worse);
                if (!tallies.TryGetValue(name, out var tally))
                {
                    tallies[name] = tally = new Tally();
                }

                tally.Add(
                    video.Id,
                    after < score ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{score:F2} → {after:F2}")
                );
            }
        }

        return
        [
            .. tallies
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => pair.Value.ToShare())
                .Zip(tallies.Keys.Order(StringComparer.Ordinal), (share, name) =>
                    new NamedShare(name, share.Good, share.Of, share.Failures)
                ),
        ];
    }

    internal IEnumerable<(string Name, VideoInput Worse)> Damage(VideoInput input)
    {
        var source = analyzer.Read(input);
        var words = input.Title.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length >= 5 && source.Primary is { Candidate: { TitleCount: > 0, Words.Length: > 1 } })
        {
            yield return ("shuffle title words", input with { Title = string.Join(' ', Shuffled(words)) });
        }

        var lower = source.Text.TitleTokens.Count(token =>
            token.Length > 1 && !token.Has(TokenFlags.AllCaps) && token.Folded.Any(char.IsLower)
        );
        if (lower >= 3)
        {
            yield return ("title in capitals", input with { Title = input.Title.ToUpperInvariant() });
        }

        if (
            input.Description.Length > 0
            && Markup.Find(input.Title + "\n" + input.Description).Count(span => span.Kind == MarkupKind.Hashtag) <= 20
        )
        {
            var wall = string.Join(
                ' ',
                Unrelated
                    .Concat(Unrelated.Select(word => word + " fun"))
                    .Select(phrase => "#" + phrase.Replace(" ", "", StringComparison.Ordinal))
            );
            yield return ("40 unrelated hashtags", input with { Description = input.Description + "\n" + wall });
        }

        var lead = Lead(input.Description);
        if (
            lead > 0
            && DescriptionChecks.NeedsText(source)
            && source.Primary is { } main
            && Folding.Fold(Graphemes.Take(input.Description, 150)).Contains(main.Key, StringComparison.Ordinal)
        )
        {
            yield return ("delete the opening", input with { Description = input.Description[lead..] });
        }

        var chapters = ChapterList.Parse(input.Description);
        if (
            chapters.Count >= ChapterList.Fewest
            && ChapterList.Validate([.. chapters.Select(chapter => new Chapter(chapter.Start, chapter.Label))], input.Duration).Count == 0
        )
        {
            var lines = input.Description.Split('\n');
            lines[chapters[0].Line] = lines[chapters[0].Line].Replace("0:00", "0:07", StringComparison.Ordinal);
            yield return ("break the chapters", input with { Description = string.Join('\n', lines) });
        }

        if (input.Tags.Any(tag => TagsCheck.IsRelevant(source, tag)))
        {
            yield return ("20 unrelated tags", input with { Tags = [.. input.Tags, .. Unrelated] });
        }
    }

    // End of the opening prose when it says something: at least 90 characters of prose in the first 150.
    private static int Lead(string description)
    {
        var opening = Graphemes.Take(description, 150);
        if (TextCleaner.Tidy(DescriptionLines.Prose(opening)).Length < 90)
        {
            return 0;
        }

        var end = 0;
        foreach (var range in Sentences.SplitWithGaps(description))
        {
            end = range.End.Value;
            if (end >= 100)
            {
                break;
            }
        }

        // The whole text may be one sentence; then nothing would be left to compare.
        return end < description.Length ? end : 0;
    }

    // A fixed shuffle that leaves no two neighbours together.
    private static IEnumerable<string> Shuffled(string[] words)
    {
        for (var i = words.Length - 1; i >= 0; i -= 2)
        {
            yield return words[i];
        }

        for (var i = words.Length - 2; i >= 0; i -= 2)
        {
            yield return words[i];
        }
    }
}
