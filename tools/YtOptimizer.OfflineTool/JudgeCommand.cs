using System.CommandLine;
using System.Globalization;
using YtOptimizer.Analysis;

namespace YtOptimizer.OfflineTool;

/// <summary><c>ytoptimizer judge [FILE] --own-title …</c>: whether texts of one's own keep to what the video says.</summary>
internal static class JudgeCommand
{
    public static Command Create(StandardInput input, Lazy<Analyzer> analyzer)
    {
        var title = new Option<string?>("--own-title") { Description = "The title to judge." };
        var description = new Option<string?>("--own-description")
        {
            Description = "File with the description to judge.",
            HelpName = "FILE",
        };
        var tags = new Option<string?>("--own-tags") { Description = "The tags to judge, separated by commas." };
        var json = ToolCommand.Json();
        var sources = new SourceOptions();
        var command = new Command(
            "judge",
            "Checks texts of your own against the video: words, names and numbers it does not hold, YouTube's limits. Exit code 2 when one "
                + "is refused."
        )
        {
            title,
            description,
            tags,
            json,
        };
        sources.AddTo(command);
        ToolCommand.Run(command, async (parsed, output, ct) =>
        {
            var own = new OwnText
            {
                Title = parsed.GetValue(title),
                Description = parsed.GetValue(description) is { } path ? await TextFile.ReadAsync(path, input, ct) : null,
                Tags = SourceOptions.Split(parsed.GetValue(tags)),
            };
            if (own is { Title: null, Description: null, Tags: null or { Count: 0 } })
            {
                throw new InputException("Give what to judge: --own-title, --own-description or --own-tags.");
            }

            var judgement = Judgement.Of(analyzer.Value, await sources.ReadAsync(parsed, input, analyzer.Value, ct), own);
            if (parsed.GetValue(json))
            {
                ToolCommand.WriteJson(output, judgement);
            }
            else
            {
                Print(output, judgement);
            }

            return judgement.Accepted ? ToolCommand.Done : ToolCommand.Refused;
        });
        return command;
    }

    private static void Print(TextWriter output, Judgement judgement)
    {
        foreach (var verdict in judgement.Verdicts)
        {
            var text = verdict.Part == "description" ? "" : $" {verdict.Text}";
            output.WriteLine($"{(verdict.Accepted ? "accepted" : "refused ")}  {verdict.Part}{text}");
            foreach (var reason in verdict.Reasons)
            {
                output.WriteLine($"            {reason.Code}: {reason.Detail}");
            }
        }

        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Score {judgement.ScoreBefore:0} → {judgement.ScoreAfter:0} of 100 with these texts."
            )
        );
    }
}
