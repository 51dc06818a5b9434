using System.CommandLine;
using System.Text.Json;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Results;

namespace YtOptimizer.OfflineTool;

/// <summary>The verbs and what they share. Exit codes: 0 done, 1 wrong usage or input that cannot be used, 2 a text was refused.</summary>
internal static class ToolCommand
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Refused = 2;

    public static RootCommand Create(StandardInput input)
    {
        var analyzer = new Lazy<Analyzer>(() => new Analyzer());
        return new RootCommand(
            "Better titles, descriptions, tags and chapters for YouTube videos, from their own words. Works on files; no server, no key, "
                + "nothing is sent anywhere. Exit codes: 0 done, 1 wrong usage or unusable input, 2 a judged text was refused."
        )
        {
            SuggestCommand.Create(input, analyzer),
            JudgeCommand.Create(input, analyzer),
            ChaptersCommand.Create(input, analyzer),
        };
    }

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object for programs." };

    /// <summary>Runs a verb; what its input lacks becomes one line on standard error.</summary>
    public static void Run(Command command, Func<ParseResult, TextWriter, CancellationToken, Task<int>> action) =>
        command.SetAction(
            async (parsed, ct) =>
            {
                try
                {
                    return await action(parsed, parsed.InvocationConfiguration.Output, ct);
                }
                catch (InputException problem)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(problem.Message);
                    return Failed;
                }
            }
        );

    public static void WriteJson<T>(TextWriter output, T value) => output.WriteLine(JsonSerializer.Serialize(value, AnalysisJson.Options));
}
