using System.Globalization;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Tests.Analysis;

/// <summary>What a process may have been through before, or go through during an analysis. Runs in a <see cref="FreshLibrary"/>; results
/// are those of <see cref="ResultsOfSamples.Few"/>, in their order.</summary>
internal static class DisturbedAnalyses
{
    /// <summary>Beginnings of texts by which tables that load on first use could be led astray: signs that several scripts share, marks
    /// without a letter, scripts without a dictionary, one letter of each script.</summary>
    private static readonly string[] OddTexts =
    [
        "ーーー",
        "ｰｱ",
        "ﾞﾟ",
        "〱〲か",
        "\u3099か",
        "\u309Bー",
        "々々",
        "〇",
        "\u0301\u0316",
        "\u200Dー",
        "ᥐᥣ",
        "ᨠᩣ",
        "ꪀꪱ",
        "𑜀",
        "กา",
        "ກາ",
        "ကာ",
        "កា",
        "한",
        "\uD83D",
        "İı",
        "क्",
        "𠀀",
    ];

    private static readonly string[] Cultures = ["tr-TR", "ar-SA", "fa-IR", "th-TH", "de-DE"];

    public static string[] Alone()
    {
        var analyzer = new Analyzer();
        return [.. ResultsOfSamples.Few.Select(sample => ResultsOfSamples.Json(analyzer, sample.Input))];
    }

    public static string[] AfterOddTexts()
    {
        var analyzer = new Analyzer();
        foreach (var text in OddTexts)
        {
            analyzer.Analyze(
                new VideoInput
                {
                    Title = text,
                    Description = text + " " + text,
                    Tags = [text],
                    Transcript = Transcript.FromText(text),
                }
            );
        }

        return [.. ResultsOfSamples.Few.Select(sample => ResultsOfSamples.Json(analyzer, sample.Input))];
    }

    public static string[] AfterCancelledOnes()
    {
        const int Cancelled = 50;
        var analyzer = new Analyzer();
        var samples = ResultsOfSamples.Few;
        for (var i = 0; i < Cancelled; i++)
        {
            var last = (i * i * 7) % 2000;
            using var cancelled = new CancellationTokenSource();
            var looks = 0;
            try
            {
                using var meter = WorkMeter.Start(
                    _ =>
                    {
                        if (looks++ == last)
                        {
                            cancelled.Cancel();
                        }
                    },
                    cancelled.Token
                );
                analyzer.Analyze(samples[i % samples.Count].Input);
            }
            catch (OperationCanceledException)
            {
                // As meant.
            }
        }

        return [.. samples.Select(sample => ResultsOfSamples.Json(analyzer, sample.Input))];
    }

    public static string[] InOtherCultures()
    {
        var analyzer = new Analyzer();
        var before = CultureInfo.CurrentCulture;
        try
        {
            return
            [
                .. ResultsOfSamples.Few.Select(
                    (sample, i) =>
                    {
                        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(Cultures[i % Cultures.Length]);
                        return ResultsOfSamples.Json(analyzer, sample.Input);
                    }
                ),
            ];
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Eight threads from the first moment on, each with other videos between and in its own order.</summary>
    public static string[] OnEightThreads()
    {
        var analyzer = new Analyzer();
        var samples = ResultsOfSamples.Few;
        var results = new string[samples.Count];
        var next = -1;
        var threads = Enumerable
            .Range(0, 8)
            .Select(number => new Thread(() =>
            {
                for (var i = Interlocked.Increment(ref next); i < samples.Count; i = Interlocked.Increment(ref next))
                {
                    var other = ResultsOfSamples.All[((i * 5) + number) % ResultsOfSamples.All.Count].Input;
                    analyzer.Analyze(other with { Transcript = null });
                    results[i] = ResultsOfSamples.Json(analyzer, samples[i].Input);
                }
            }))
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return results;
    }
}
