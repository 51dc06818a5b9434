using System.Diagnostics;
using System.Globalization;
using YtOptimizer.Core.Analysis.Evaluation;
using YtOptimizer.Core.Analysis.Keyphrases;
using YtOptimizer.Training;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var path = args.Length > 1 ? args[1] : throw new ArgumentException("usage: cross-validate|train FILE.jsonl [OUT]");
var clock = Stopwatch.StartNew();
var set = TrainingSet.Load(path);
Console.WriteLine($"{set.Videos.Count} videos loaded in {clock.Elapsed.TotalSeconds:F1} s");
if (args[0] == "train")
{
    using var file = File.Create(args[2]);
    Recipe.Fit(set.Videos).Save(file);
    Console.WriteLine($"{file.Length} bytes");
    return;
}

Experiment.Run(set, args);
