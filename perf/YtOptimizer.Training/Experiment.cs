using System.Diagnostics;
using YtOptimizer.Core.Analysis.Evaluation;
using YtOptimizer.Core.Analysis.Keyphrases;

namespace YtOptimizer.Training;

internal static class Experiment
{
    public static void Run(TrainingSet set, string[] args)
    {
        var scoredIds = EvaluationVideo.Scored(set.Videos.Select(v => v.Video)).ToHashSet();
        var channels = set.Videos.Select(v => v.Video.Channel).Distinct().Order(StringComparer.Ordinal).ToList();
        var random = new Xorshift(11);
        var fold = channels.ToDictionary(c => c, _ => random.Next(5));
        var results = new Dictionary<string, List<(string Lang, double P5, double P10, double R10)>>();
        double oracle = 0, oracleN = 0, candidatesTotal = 0;
        for (var k = 0; k < 5; k++)
        {
            var clock = Stopwatch.StartNew();
            var train = set.Videos.Where(v => fold[v.Video.Channel] != k).ToList();
            var test = set.Videos.Where(v => fold[v.Video.Channel] == k && scoredIds.Contains(v.Video)).ToList();
            var (lexicon, perChannel) = TrainingSet.Background(train);
            var rows = new List<float[]>();
            var labels = new List<float>();
            var importance = new List<float>();
            var groups = new List<int>();
            var group = 0;
            foreach (var v in train)
            {
                if (v.Gold.Count < 4 || v.Video.Description.Length < 20) continue;
                var own = perChannel[v.Video.Channel];
                var text = TrainingSet.Extract(v, key => lexicon.IsTag(key, own));
                var features = CandidateFeatures.Compute(text, lexicon, own);
                if (!text.Candidates.Any(c => v.Gold.Contains(c.Key))) continue;
                for (var i = 0; i < features.Length; i++)
                {
                    rows.Add(features[i]);
                    labels.Add(v.Gold.Contains(text.Candidates[i].Key) ? 1 : 0);
                    importance.Add(1);
                    groups.Add(group);
                }
                group++;
            }
            var t1 = clock.Elapsed.TotalSeconds;
            var logistic = LogisticRegression.Fit(rows, labels, importance, 20);
            var t2 = clock.Elapsed.TotalSeconds;
            var boosted = BoostedTrees.Fit(rows, labels, importance, groups, new BoostingOptions());
            var t3 = clock.Elapsed.TotalSeconds;
            var model = new RankerModel(logistic.Means, logistic.Scales, logistic.Weights, logistic.Bias, boosted.Base, boosted.Trees, 0.5f);
            Console.WriteLine($"fold {k}: rows {rows.Count} pos {labels.Sum()} prep {t1:F1}s logistic {t2 - t1:F1}s trees {t3 - t2:F1}s test {test.Count}");
            if (k == 0)
            {
                foreach (var (name, w) in CandidateFeatures.Names.Zip(logistic.Weights).OrderByDescending(p => Math.Abs(p.Second))) Console.Write($"{name} {w:F2}; ");
                Console.WriteLine();
            }
            foreach (var v in test)
            {
                var text = TrainingSet.Extract(v, key => lexicon.IsTag(key));
                var features = CandidateFeatures.Compute(text, lexicon, null);
                var hits = text.Candidates.Select(c => v.Gold.Contains(c.Key)).ToArray();
                oracle += Math.Min(10, hits.Count(h => h)) / 10.0; oracleN++; candidatesTotal += hits.Length;
                var linear = features.Select(model.Linear).ToArray();
                var trees = features.Select(model.Boosted).ToArray();
                void Score(string name, double[] s)
                {
                    var order = Enumerable.Range(0, s.Length).OrderByDescending(i => s[i]).ThenBy(i => text.Candidates[i].Key, StringComparer.Ordinal).Take(10).ToArray();
                    var h5 = order.Take(5).Count(i => hits[i]);
                    var h10 = order.Count(i => hits[i]);
                    if (!results.TryGetValue(name, out var list)) results[name] = list = [];
                    list.Add((v.Video.Language, h5 / 5.0, h10 / 10.0, (double)h10 / v.Gold.Count));
                }
                Score("logistic", linear);
                Score("trees", trees);
                Score("blend", linear.Zip(trees, (a, b) => a + b).ToArray());
            }
        }
        Console.WriteLine($"oracle P@10 {oracle / oracleN:F4} candidates {candidatesTotal / oracleN:F0}");
        foreach (var (name, list) in results)
        {
            var langs = string.Join(" ", new[] { "en", "pt", "ru", "ko", "es", "ja", "fr", "de" }.Select(l => { var p = list.Where(x => x.Lang == l).ToList(); return $"{l} {(p.Count == 0 ? 0 : p.Average(x => x.P10)):F3}({p.Count})"; }));
            var macro = new[] { "pt", "ru", "ko", "es", "ja", "fr", "de" }.Average(l => list.Where(x => x.Lang == l).Select(x => x.P10).DefaultIfEmpty().Average());
            var se = Math.Sqrt(list.Average(x => Math.Pow(x.P10 - list.Average(y => y.P10), 2)) / list.Count);
            Console.WriteLine($"{name,-10} n {list.Count} P@5 {list.Average(x => x.P5):F4} P@10 {list.Average(x => x.P10):F4} ±{se:F4} R@10 {list.Average(x => x.R10):F4} macro {macro:F4} | {langs}");
        }
    }
}
