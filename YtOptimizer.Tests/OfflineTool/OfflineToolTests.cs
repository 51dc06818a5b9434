using System.CommandLine;
using System.Text;
using System.Text.Json;
using YtOptimizer.OfflineTool;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.OfflineTool;

/// <summary>The verbs of the command <c>ytoptimizer</c>, run in this process.</summary>
public sealed class OfflineToolTests : IDisposable
{
    private static readonly string Talk = Path.Combine(AppContext.BaseDirectory, "Data", "transcripts", "en-tutorial-wobbly-chair.vtt");
    private static readonly string Video = Repository.PathOf("samples", "request.json");
    private readonly string folder = Directory.CreateTempSubdirectory("yto-tool-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suggest_JsonOfAVideo_PrintsTheWholeResult()
    {
        var (code, output, error) = await RunAsync(["suggest", Video, "--json"]);
        Assert.Equal((0, ""), (code, error));
        var result = JsonDocument.Parse(output).RootElement;
        Assert.InRange(result.GetProperty("score").GetInt32(), 1, 100);
        Assert.Contains("7", result.GetProperty("titles")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.True(result.GetProperty("tags").GetProperty("tags").GetArrayLength() > 3);
    }

    [Fact]
    public async Task Suggest_Transcript_PrintsWhatAPersonReads()
    {
        var (code, output, error) = await RunAsync(["suggest", Talk]);
        Assert.Equal((0, ""), (code, error));
        foreach (var heading in new[] { "Score ", "Titles", "Description", "Chapters", "Checks" })
        {
            Assert.Contains(heading, output, StringComparison.Ordinal);
        }

        Assert.Contains("chair", output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Suggest_Options_WinOverTheFile()
    {
        var (code, output, _) = await RunAsync([
            "suggest",
            Video,
            "--json",
            "--title",
            "Wie man Sauerteigbrot zu Hause backt",
            "--description",
            Write(
                "d.txt",
                "Sauerteigbrot backen mit Roggenmehl, Wasser und Salz: der Teig ruht über Nacht, dann kommt er in den heißen Ofen."
            ),
            "--tags",
            "sauerteig, brot",
            "--language",
            "de-AT",
            "--duration",
            "12:30",
        ]);
        Assert.Equal(0, code);
        Assert.Equal("de", JsonDocument.Parse(output).RootElement.GetProperty("language").GetProperty("code").GetString());
    }

    [Fact]
    public async Task Chapters_StandardInputInUtf16_AreThoseOfTheFile()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(await File.ReadAllTextAsync(Talk, Ct))).ToArray();
        var (code, piped, error) = await RunAsync(["chapters", "-"], bytes);
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("0:00 ", piped, StringComparison.Ordinal);
        Assert.Equal(await RunAsync(["chapters", Talk]), (0, piped, ""));
        var (_, json, _) = await RunAsync(["chapters", "--json"], bytes);
        var chapters = JsonDocument.Parse(json).RootElement.GetProperty("chapters");
        Assert.Equal(piped.Trim().Split('\n').Length, chapters.GetArrayLength());
        Assert.Equal(0, chapters[0].GetProperty("seconds").GetDouble());
    }

    [Fact]
    public async Task Judge_TextsOfTheVideo_AreAcceptedAndInventionsRefused()
    {
        var (good, accepted, _) = await RunAsync(["judge", Video, "--own-title", "Brunch at 7-Eleven in Seoul", "--own-tags", "seoul"]);
        Assert.True(good == 0, accepted);
        var (bad, output, error) = await RunAsync(["judge", Video, "--own-title", "I Won $1,000,000 on the Moon", "--json"]);
        Assert.Equal((2, ""), (bad, error));
        var verdict = JsonDocument.Parse(output).RootElement.GetProperty("verdicts")[0];
        Assert.False(verdict.GetProperty("accepted").GetBoolean());
        Assert.True(verdict.GetProperty("reasons").GetArrayLength() > 0);
        Assert.Contains("refused", (await RunAsync(["judge", Video, "--own-tags", "moon landing"])).Output, StringComparison.Ordinal);
    }

    public static TheoryData<string, string[]> Unusable() =>
        new()
        {
            { "does not exist", ["suggest", "absent.vtt"] },
            { "is a folder", ["suggest", "."] },
            { "is empty", ["chapters", "FILE:"] },
            { "is not text", ["suggest", "FILE:\0\u0001\u0002\u0003\0\0PNG\0\u0001"] },
            { "is larger than 10 MB", ["suggest", "FILE:large"] },
            { "is no language that is known here", ["suggest", "FILE:Words of a talk about bread.", "--language", "tlh"] },
            { "is no length", ["suggest", "FILE:Words of a talk about bread.", "--duration", "1:x"] },
            { "No times are known", ["chapters", "FILE:Words of a talk about bread, without any times."] },
            { "Give what to judge", ["judge", "FILE:Words of a talk about bread."] },
            { "Give a file", ["suggest"] },
            { "Only one file", ["suggest", "-", "--transcript", "-"] },
        };

    [Theory]
    [MemberData(nameof(Unusable))]
    public async Task Input_ThatCannotBeUsed_IsOneSentenceAndExitCode1(string says, string[] arguments)
    {
        var given = arguments
            .Select(argument =>
                !argument.StartsWith("FILE:", StringComparison.Ordinal) ? argument
                : argument == "FILE:large" ? Write("large.txt", new string('a', 11 * 1024 * 1024))
                : Write("input.txt", argument[5..])
            )
            .ToArray();
        var (code, output, error) = await RunAsync(given);
        Assert.Equal((1, ""), (code, output));
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Single(error.Trim().Split('\n'));
    }

    [Theory]
    [InlineData("suggest", "--unknown")]
    [InlineData("nothing")]
    public async Task Usage_Wrong_IsExitCode1(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(1, code);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("--help", "chapters")]
    [InlineData("judge --help", "--own-title")]
    public async Task Help_SaysWhatThereIs(string arguments, string what)
    {
        var (code, output, _) = await RunAsync(arguments.Split(' '));
        Assert.Equal(0, code);
        Assert.Contains(what, output, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments, byte[]? piped = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var input = new StandardInput(() => new MemoryStream(piped ?? []), piped is not null);
        var code = await ToolCommand
            .Create(input)
            .Parse(arguments)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error }, Ct);
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
