using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>analyze channel --file "Table data.csv" [--title T …] [--eval] [--json]</c></summary>
internal static class AnalyzeChannelCommand
{
    public static Command Create()
    {
        var files = new Option<FileInfo[]>("--file")
        {
            Description =
                "An export of YouTube Studio or Takeout (CSV or ZIP), one channel a file; with --eval several, also JSON Lines "
                + "(channelTitle, id, title, publishedAt, viewCount).",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var titles = new Option<string[]>("--title") { Description = "A title to predict.", AllowMultipleArgumentsPerToken = true };
        var eval = new Option<bool>("--eval")
        {
            Description =
                "Measure: rank correlation of predictions from earlier videos with what later ones did, and with shuffled titles.",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command(
            "channel",
            "What lifts a channel's videos, by its own file; predictions for titles; how far to trust them."
        )
        {
            files,
            titles,
            eval,
            json,
        };
        command.SetAction(
            (result, ct) =>
                Task.FromResult(
                    Run(result.GetRequiredValue(files), result.GetValue(titles) ?? [], result.GetValue(eval), result.GetValue(json), ct)
                )
        );
        return command;
    }

    private static int Run(FileInfo[] files, string[] titles, bool eval, bool json, CancellationToken ct)
    {
        var channels = new List<(string Channel, IReadOnlyList<ChannelVideo> Videos)>();
        foreach (var file in files)
        {
            try
            {
                channels.AddRange(
                    file.Extension.Equals(".jsonl", StringComparison.OrdinalIgnoreCase)
                        ? ChannelLines.Read(File.ReadLines(file.FullName))
                        : [(file.Name, StudioFile.Read(File.ReadAllBytes(file.FullName), ct).Videos)]
                );
            }
            catch (Exception exception)
                when (exception is IOException or UnauthorizedAccessException or StudioExportException or JsonException)
            {
                Console.Error.WriteLine($"{file.FullName} cannot be read: {exception.Message}");
                return 2;
            }
        }

        if (eval)
        {
            var report = ChannelEvaluation.Run(channels, ct);
            Write(json, report, () => Print(report));
            return report.Channels.Count > 0 ? 0 : 2;
        }

        if (channels.Count != 1)
        {
            Console.Error.WriteLine("Without --eval give one file of one channel.");
            return 2;
        }

        var model = ChannelModel.Fit(channels[0].Videos, ct);
        var (predictions, reading) = (model.Predict(titles), LiftReading.Of(model, ct));
        Write(
            json,
            new
            {
                model.Videos,
                model.Validity,
                predictions,
                reading,
                Doctor = CatalogueDoctor.Examine(channels[0].Videos, ct),
            },
            () => Print(model, predictions, reading)
        );
        return 0;
    }

    private static void Write(bool json, object value, Action print)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(value, AnalysisJson.Options));
        }
        else
        {
            print();
        }
    }

    private static void Print(ChannelModel model, IReadOnlyList<TitlePrediction> predictions, LiftReading reading)
    {
        var validity = model.Validity;
        Console.WriteLine(
            !model.IsReady ? $"Not enough data: {model.Videos} videos with views and dates, {ChannelModel.FewestVideos} are needed."
            : validity.Rho is { } rho
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{model.Videos} videos; rho {rho:F2} [{validity.Low:F2}, {validity.High:F2}] over {validity.Predictions} predictions"
                )
            : $"{model.Videos} videos; too few to tell how far predictions can be trusted."
        );
        foreach (var title in predictions)
        {
            Console.WriteLine(
                title.TimesUsual is { } times
                    ? string.Create(CultureInfo.InvariantCulture, $"  x{times:F2} [{title.Low:F2}, {title.High:F2}] {title.Title}")
                    : $"  no evidence: {title.Title}"
            );
        }

        foreach (var words in reading.Lifting.Concat(reading.Lowering))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  x{words.TimesUsual:F2} [{words.Low:F2}, {words.High:F2}] {words.Words} ({words.Videos} videos)"
                )
            );
        }
    }

    private static void Print(ChannelReport report)
    {
        var table = new Table().AddColumns("channel", "videos", "predictions", "rho", "95 % interval", "shuffled");
        foreach (var channel in report.Channels)
        {
            table.AddRow(
                Markup.Escape(channel.Channel),
                channel.Videos.ToString(CultureInfo.InvariantCulture),
                channel.Predictions.ToString(CultureInfo.InvariantCulture),
                N(channel.Rho),
                $"{N(channel.Low)}–{N(channel.High)}",
                N(channel.Shuffled)
            );
        }

        AnsiConsole.Write(table);
        foreach (var channel in report.LeftOut)
        {
            Console.WriteLine($"left out, {channel}: fewer than {report.FewestVideos}");
        }

        var (mean, shuffled) = (report.MeanRho, report.MeanShuffled);
        Console.WriteLine(
            $"mean rho {N(mean.Value)} [{N(mean.Low)}, {N(mean.High)}] over {report.Channels.Count} channels; shuffled titles "
                + $"{N(shuffled.Value)} [{N(shuffled.Low)}, {N(shuffled.High)}]"
        );
    }

    private static string N(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
