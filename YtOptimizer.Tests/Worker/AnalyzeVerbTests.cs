using CliWrap;
using CliWrap.Buffered;
using YtOptimizer.Worker.Commands;

namespace YtOptimizer.Tests.Worker;

/// <summary>The measuring verbs on input they cannot use: a sentence for people and an exit code that scripts see.</summary>
public sealed class AnalyzeVerbTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("judge", "")]
    [InlineData("judge", "{broken")]
    [InlineData("judge", null)]
    [InlineData("suggest", "")]
    [InlineData("suggest", "{broken")]
    [InlineData("suggest", null)]
    [InlineData("prompt", "")]
    [InlineData("prompt", "{broken")]
    [InlineData("prompt", null)]
    [InlineData("chapters", "")]
    [InlineData("chapters", "no times here")]
    [InlineData("chapters", null)]
    [InlineData("eval", "")]
    [InlineData("eval", null)]
    public async Task Verb_InputItCannotUse_SaysSoAndFails(string verb, string? content)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            if (content is not null)
            {
                await File.WriteAllTextAsync(path, content, Ct);
            }

            string[] files = verb == "judge" ? ["--videos", path, "--gold", path] : ["--file", path];
            var (code, error) = await RunAsync(["analyze", verb, .. files]);
            Assert.NotEqual(0, code);
            Assert.False(string.IsNullOrWhiteSpace(error));
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<(int Code, string Error)> RunAsync(string[] arguments)
    {
        var result = await Cli.Wrap("dotnet")
            .WithArguments([typeof(AuditCommand).Assembly.Location, .. arguments])
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Ct);
        return (result.ExitCode, result.StandardError);
    }
}
