using System.Text.Json;

namespace YtOptimizer.Tests.Analysis;

/// <summary>
/// Results depend on the input alone: not on what the process did before or does meanwhile. Each case is a process of its own
/// (<see cref="FreshLibrary"/>) and is compared with one that did nothing else.
/// </summary>
public sealed class SameResultsTests
{
    private static readonly Lazy<string[]> Alone = new(() => FreshLibrary.Run<string[]>(DisturbedAnalyses.Alone));

    public static TheoryData<string> Cases =>
        [
            nameof(DisturbedAnalyses.AfterOddTexts),
            nameof(DisturbedAnalyses.AfterCancelledOnes),
            nameof(DisturbedAnalyses.InOtherCultures),
            nameof(DisturbedAnalyses.OnEightThreads),
        ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Analyze_ProcessWithAPast_SameResults(string name)
    {
        Func<string[]> work = name switch
        {
            nameof(DisturbedAnalyses.AfterOddTexts) => DisturbedAnalyses.AfterOddTexts,
            nameof(DisturbedAnalyses.AfterCancelledOnes) => DisturbedAnalyses.AfterCancelledOnes,
            nameof(DisturbedAnalyses.InOtherCultures) => DisturbedAnalyses.InOtherCultures,
            _ => DisturbedAnalyses.OnEightThreads,
        };
        AssertSame(Alone.Value, FreshLibrary.Run<string[]>(work));
    }

    /// <summary>Among all the other tests, which cancel, count and load as they like.</summary>
    [Fact]
    public void Analyze_AmongTheOtherTests_SameResults() =>
        AssertSame(Alone.Value, [.. ResultsOfSamples.Few.Select(sample => ResultsOfSamples.Json(Samples.Analyzer, sample.Input))]);

    private static void AssertSame(string[] expected, string[] actual)
    {
        Assert.Equal(ResultsOfSamples.Few.Count, actual.Length);
        var differences = new List<string>();
        for (var i = 0; i < actual.Length; i++)
        {
            if (expected[i] != actual[i])
            {
                using var one = JsonDocument.Parse(expected[i]);
                using var other = JsonDocument.Parse(actual[i]);
                differences.AddRange(Differences(ResultsOfSamples.Few[i].Name, one.RootElement, other.RootElement).Take(5));
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    /// <summary>Each differing value with its place, such as "abc.titles[2].text: “One” became “Two”".</summary>
    private static IEnumerable<string> Differences(string place, JsonElement one, JsonElement other)
    {
        if (one.ValueKind == JsonValueKind.Object && other.ValueKind == JsonValueKind.Object)
        {
            var names = one.EnumerateObject()
                .Concat(other.EnumerateObject())
                .Select(member => member.Name)
                .Distinct(StringComparer.Ordinal);
            return names.SelectMany(name =>
                Differences(
                    $"{place}.{name}",
                    one.TryGetProperty(name, out var a) ? a : default,
                    other.TryGetProperty(name, out var b) ? b : default
                )
            );
        }

        if (
            one.ValueKind == JsonValueKind.Array
            && other.ValueKind == JsonValueKind.Array
            && one.GetArrayLength() == other.GetArrayLength()
        )
        {
            return one.EnumerateArray()
                .Zip(other.EnumerateArray())
                .SelectMany((pair, i) => Differences($"{place}[{i}]", pair.First, pair.Second));
        }

        var (was, became) = (Raw(one), Raw(other));
        return was == became ? [] : [$"{place}: {was} became {became}"];
    }

    private static string Raw(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? "nothing" : element.GetRawText();
}
