using System.Globalization;
using YtOptimizer.Training;

// Makes and measures the keyphrase model of YtOptimizer.Analysis/Keyphrases. Speed and memory: perf/YtOptimizer.Benchmarks.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const string Usage = """
    usage:
      cross-validate FILE.jsonl [REPEATS]   figures on channels the model has not seen (default: 1 deal of 5 folds)
      train FILE.jsonl OUT.bin              the shipped model, from all rows
    """;

if (args.Length < 2)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

switch (args[0])
{
    case "cross-validate":
        CrossValidation.Run(TrainingSet.Load(args[1]), args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1);
        return 0;
    case "train" when args.Length > 2:
        var set = TrainingSet.Load(args[1]);
        using (var file = File.Create(args[2]))
        {
            Recipe.Fit(set.Videos).Save(file);
            Console.WriteLine(
                $"{set.Videos.Count} videos of "
                    + $"{set.Videos.Select(video => video.Video.Channel).Distinct(StringComparer.Ordinal).Count()} channels → {args[2]}, "
                    + $"{file.Length} bytes. {Recipe.Describe()}"
            );
        }

        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
