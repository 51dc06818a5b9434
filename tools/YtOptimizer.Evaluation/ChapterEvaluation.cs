using System.Text.Json;
using System.Text.Json.Nodes;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Evaluation;

/// <summary>How well chapter starts meet those of a person.</summary>
/// <param name="F1">Without the start at 0:00, which every list has.</param>
/// <param name="F1WithStart">With it.</param>
/// <param name="Missed">Starts of the person's list that no chapter is near, in seconds.</param>
/// <param name="Extra">Chapters near none of them.</param>
internal sealed record ChapterScore(
    int Predicted,
    int Gold,
    int Matched,
    double Precision,
    double Recall,
    double F1,
    double F1WithStart,
    IReadOnlyList<double> Missed,
    IReadOnlyList<double> Extra
);

/// <summary>Compares chapters with a JSON file that holds <c>{"chapters":[{"start":"1:05","title":"…"}]}</c>.</summary>
internal static class ChapterEvaluation
{
    /// <summary>Seconds that a start may be off.</summary>
    public const double Tolerance = 10;

    /// <exception cref="JsonException">The file is not of this form.</exception>
    public static IReadOnlyList<Chapter> ReadGold(string json) =>
        JsonNode.Parse(json)?["chapters"] is JsonArray { Count: > 0 } chapters
            ? [.. chapters.Select(chapter => new Chapter(Start(chapter?["start"]), chapter?["title"]?.ToString() ?? ""))]
            : throw new JsonException("There is no list \"chapters\".");

    public static ChapterScore Compare(IReadOnlyList<Chapter> predicted, IReadOnlyList<Chapter> gold)
    {
        var mine = Starts(predicted);
        var theirs = Starts(gold);
        var pairs = Match(mine, theirs);
        var precision = mine.Count == 0 ? 0 : (double)pairs.Count / mine.Count;
        var recall = theirs.Count == 0 ? 0 : (double)pairs.Count / theirs.Count;
        return new ChapterScore(
            mine.Count,
            theirs.Count,
            pairs.Count,
            precision,
            recall,
            Harmonic(pairs.Count, mine.Count, theirs.Count),
            predicted.Count == 0 ? 0 : Harmonic(pairs.Count + 1, mine.Count + 1, theirs.Count + 1),
            [.. theirs.Where((_, i) => !pairs.ContainsValue(i))],
            [.. mine.Where((_, i) => !pairs.ContainsKey(i))]
        );
    }

    // Nearest pairs first, each start once.
    private static Dictionary<int, int> Match(List<double> mine, List<double> theirs)
    {
        var pairs = new Dictionary<int, int>();
        var near =
            from i in Enumerable.Range(0, mine.Count)
            from k in Enumerable.Range(0, theirs.Count)
            let distance = Math.Abs(mine[i] - theirs[k])
            where distance <= Tolerance
            orderby distance, i, k
            select (i, k);
        foreach (var (i, k) in near)
        {
            if (!pairs.ContainsKey(i) && !pairs.ContainsValue(k))
            {
                pairs[i] = k;
            }
        }

        return pairs;
    }

    private static List<double> Starts(IReadOnlyList<Chapter> chapters) =>
        [.. chapters.Select(chapter => chapter.Start.TotalSeconds).Where(start => start > 0)];

    private static double Harmonic(int matched, int predicted, int gold) => predicted + gold == 0 ? 0 : 2.0 * matched / (predicted + gold);

    private static TimeSpan Start(JsonNode? node) =>
        node switch
        {
            JsonValue value when value.TryGetValue<double>(out var seconds) => TimeSpan.FromSeconds(seconds),
            JsonValue value when ChapterList.ParseLine(value.ToString() + " x") is { } line => line.Start,
            _ => throw new JsonException($"A chapter's start must be seconds or m:ss, not {node?.ToJsonString() ?? "null"}."),
        };
}
