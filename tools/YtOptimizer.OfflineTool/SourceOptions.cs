using System.CommandLine;
using System.Globalization;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.OfflineTool;

/// <summary>What is known about the video, as arguments: a file, and options that add to it or win over it.</summary>
internal sealed class SourceOptions
{
    private readonly Argument<string?> file = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description =
            "The video: a transcript (.srt, .vtt, .sbv, plain text …), or JSON with title, description, tags, transcript. "
            + "\"-\" reads standard input.",
    };

    private readonly Option<string?> title = new("--title") { Description = "The video's title." };
    private readonly Option<string?> description = new("--description") { Description = "File with the description.", HelpName = "FILE" };
    private readonly Option<string?> transcript = new("--transcript") { Description = "File with the transcript.", HelpName = "FILE" };
    private readonly Option<string?> tags = new("--tags") { Description = "Tags, separated by commas." };
    private readonly Option<string?> channel = new("--channel") { Description = "The channel's name." };
    private readonly Option<string?> duration = new("--duration") { Description = "Length: seconds, m:ss or h:mm:ss." };
    private readonly Option<string?> language = new("--language") { Description = "Language of the video, such as en or pt-BR." };

    public void AddTo(Command command)
    {
        command.Add(file);
        foreach (var option in new Option[] { title, description, transcript, tags, channel, duration, language })
        {
            command.Add(option);
        }
    }

    /// <exception cref="InputException">A file cannot be used, an option is not valid, or nothing was given.</exception>
    public async Task<VideoInput> ReadAsync(ParseResult parsed, StandardInput input, Analyzer analyzer, CancellationToken ct)
    {
        var path = parsed.GetValue(file);
        if (new[] { path, parsed.GetValue(description), parsed.GetValue(transcript) }.Count(given => given == TextFile.Piped) > 1)
        {
            throw new InputException("Only one file can come from standard input.");
        }

        var given = new[] { title, description, transcript }.Any(option => parsed.GetValue(option) is not null);
        if (path is null && !given)
        {
            path = input.IsPiped
                ? TextFile.Piped
                : throw new InputException("Give a file (a transcript, or JSON of a video), --title, --description or --transcript.");
        }

        var video = path is null ? new VideoInput { Title = "" } : Parse(await TextFile.ReadAsync(path, input, ct));
        video = video with
        {
            Title = parsed.GetValue(title) ?? video.Title,
            Description = await TextOfAsync(description) ?? video.Description,
            Transcript = await TextOfAsync(transcript) is { } spoken ? TranscriptParser.Parse(spoken) : video.Transcript,
            Tags = Split(parsed.GetValue(tags)) ?? video.Tags,
            ChannelTitle = parsed.GetValue(channel) ?? video.ChannelTitle,
            Duration = Length(parsed.GetValue(duration)) ?? video.Duration,
            DeclaredLanguage = Language(parsed.GetValue(language)) ?? video.DeclaredLanguage,
        };
        return video.Title.Length == 0 && video.Transcript is { } words
            ? video with
            {
                Title = analyzer.WorkingTitle(words),
                HasWorkingTitle = true,
            }
            : video;

        async Task<string?> TextOfAsync(Option<string?> option) =>
            parsed.GetValue(option) is { } name ? await TextFile.ReadAsync(name, input, ct) : null;
    }

    /// <summary>"a, b" → a and b; null for null.</summary>
    public static string[]? Split(string? list) => list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Whisper's and YouTube's transcripts are JSON, too: an object is a video when it has a title or a description.
    private static VideoInput Parse(string text) =>
        (text.AsSpan().TrimStart() is ['{', ..] ? VideoJson.Read(text) : null)
        ?? new VideoInput { Title = "", Transcript = TranscriptParser.Parse(text) };

    private static string? Language(string? tag) =>
        tag is null || Analyzer.KnowsLanguage(tag)
            ? tag
            : throw new InputException($"“{tag}” is no language that is known here. Known: {string.Join(", ", Analyzer.Languages)}.");

    private static TimeSpan? Length(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var seconds = 0.0;
        var parts = text.Split(':');
        foreach (var part in parts)
        {
            if (!double.TryParse(part, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                seconds = 0;
                break;
            }

            seconds = (seconds * 60) + number;
        }

        return parts.Length <= 3 && seconds is > 0 and < 604_800
            ? TimeSpan.FromSeconds(seconds)
            : throw new InputException($"--duration {text} is no length. Write seconds, m:ss or h:mm:ss.");
    }
}
