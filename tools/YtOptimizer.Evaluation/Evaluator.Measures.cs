using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Evaluation;

internal sealed partial class Evaluator
{
    private Share Determinism()
    {
        var sample = videos.Take(DeterminismVideos).Select(video => video.ToInput()).ToList();
        var expected = Hashes(sample, "", 1);
        var failures = new List<string>();
        var runs = 0;
        foreach (var (culture, threads) in new[] { ("tr-TR", 1), ("ar-SA", 1), ("", 8), ("tr-TR", 8) })
        {
            var actual = Hashes(sample, culture, threads);
            for (var i = 0; i < sample.Count; i++)
            {
                runs++;
                if (actual[i] != expected[i])
                {
                    failures.Add($"{videos[i].Id} under {culture} with {threads} threads");
                }
            }
        }

        return new Share(runs - failures.Count, runs, failures);
    }

    private string[] Hashes(List<VideoInput> inputs, string culture, int threads)
    {
        var hashes = new string[inputs.Count];
        var info = CultureInfo.GetCultureInfo(culture);
        var workers = new List<Thread>();
        for (var t = 0; t < threads; t++)
        {
            var offset = t;
            var worker = new Thread(() =>
            {
                for (var i = offset; i < inputs.Count; i += threads)
                {
                    hashes[i] = Convert.ToHexString(SHA256.HashData(AnalysisJson.ToBytes(analyzer.Analyze(inputs[i]))));
                }
            })
            {
                CurrentCulture = info,
                CurrentUICulture = info,
            };
            worker.Start();
            workers.Add(worker);
        }

        workers.ForEach(worker => worker.Join());
        return hashes;
    }

    private TimingFigures Timing()
    {
        GC.Collect();
        var before = WorkingSet();
        var clock = Stopwatch.StartNew();
        analyzer.WarmUp();
        var first = clock.Elapsed.TotalMilliseconds;
        var times = new List<double>();
        foreach (var video in videos.Take(WarmUpVideos))
        {
            analyzer.Analyze(video.ToInput());
        }

        foreach (var video in videos)
        {
            var input = video.ToInput();
            clock.Restart();
            analyzer.Analyze(input);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        double At(double share) => times.Count == 0 ? 0 : Math.Round(times[Math.Min(times.Count - 1, (int)(times.Count * share))], 2);
        return new TimingFigures(
            At(0.5),
            At(0.95),
            At(0.99),
            At(1),
            Math.Round(first, 1),
            Math.Round((WorkingSet() - before) / 1048576.0, 1)
        );
    }

    private static long WorkingSet()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private (double? Rho, int Count) ViewsCorrelation()
    {
        var pairs = videos
            .Where(video => video.ViewCount is > 0)
            .Select(video => (Score: analyzer.ScoreOf(video.ToInput()), Views: video.ViewCount!.Value))
            .ToList();
        return pairs.Count < 30
            ? (null, pairs.Count)
            : (
                Math.Round(RankCorrelation.Spearman([.. pairs.Select(pair => pair.Score)], [.. pairs.Select(pair => pair.Views)]), 3),
                pairs.Count
            );
    }
}
