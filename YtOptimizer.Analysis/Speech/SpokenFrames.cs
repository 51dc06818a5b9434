using System.Reflection;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

internal enum FrameUse : byte
{
    /// <summary>What the whole video is about.</summary>
    Topic,

    /// <summary>What the next part is about.</summary>
    Part,

    /// <summary>Who is talked to.</summary>
    Guest,
}

internal enum FrameSlot : byte
{
    /// <summary>A clause that begins with a question word: "how people shipped ice".</summary>
    Ask,

    /// <summary>A noun phrase.</summary>
    Thing,

    /// <summary>A verb phrase: "build a box".</summary>
    Deed,

    /// <summary>The name of a person.</summary>
    Name,

    /// <summary>The name of a place.</summary>
    Place,
}

/// <param name="Before">What stands before what is said.</param>
/// <param name="After">What ends it, null where the end of the clause does.</param>
internal sealed record SpokenFrame(FrameUse Use, FrameSlot Slot, Regex Before, Regex? After);

/// <summary>How speakers of a language say what a video or its next part is about. Read from <c>frames.txt</c>.</summary>
internal sealed class SpokenFrames
{
    private const string Resource = "YtOptimizer.Analysis.Speech.frames.txt";
    private const int LongestSentence = 600;
    private static readonly Lazy<ILookup<string, string[]>> Lines = StaticTables.Once(Read);
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, SpokenFrames> Known = new(StringComparer.Ordinal);

    private readonly SpokenFrame[] frames;

    private SpokenFrames(IEnumerable<string[]> lines)
    {
        var all = lines.ToList();
        frames = [.. all.Where(line => line.Length > 3).Select(Frame)];
        var ask = Of(all, "ask").Split('|');
        Asks = Words(ask[0]);
        AsksIntroduced = [.. Asks, .. ask.Length > 1 ? Words(ask[1]) : []];
        Stops = Words(Of(all, "stop"));
        Shows = Words(Of(all, "show"));
        Interview = Of(all, "interview");
    }

    /// <summary>Question words that are nothing else, folded, longest first.</summary>
    public IReadOnlyList<string> Asks { get; }

    /// <summary>With those that are question words only behind an introduction.</summary>
    public IReadOnlyList<string> AsksIntroduced { get; }

    /// <summary>Words before which a clause without marks ends, folded.</summary>
    public IReadOnlyList<string> Stops { get; }

    /// <summary>Verbs of showing and telling, folded: what they stand before is what is done.</summary>
    public IReadOnlyList<string> Shows { get; }

    /// <summary>Title of an interview around the name of the guest, empty where the name would have to be inflected.</summary>
    public string Interview { get; }

    /// <summary>The frames of a language; read once.</summary>
    public static SpokenFrames For(string language)
    {
        if (Known.TryGetValue(language, out var known))
        {
            return known;
        }

        using var pause = WorkMeter.Pause();
        return Known.GetOrAdd(language, static code => new SpokenFrames(Lines.Value[code]));
    }

    /// <summary>What stands in the frames of a sentence, in the order of <c>frames.txt</c>.</summary>
    public IEnumerable<(FrameSlot Slot, string Text)> In(string sentence, FrameUse use)
    {
        if (sentence.Length > LongestSentence)
        {
            sentence = sentence[..LongestSentence];
        }

        foreach (var frame in frames)
        {
            if (frame.Use != use)
            {
                continue;
            }

            WorkMeter.Count(1 + (sentence.Length / 8));
            if (frame.Before.Match(sentence) is not { Success: true } before)
            {
                continue;
            }

            var rest = sentence[(before.Index + before.Length)..];
            if (frame.After is not null)
            {
                var after = frame.After.Match(rest);
                rest = after is { Success: true, Index: > 0 } ? rest[..after.Index] : "";
                // Where the verb stands last, a phrase before a comma is another one.
                rest = rest[(rest.LastIndexOfAny([',', '、', '،', '，']) + 1)..];
            }

            rest = rest.Trim(' ', ',', ':', '、', '，', '：', '«', '“', '"', '-', '–', '—');
            if (rest.Length > 0)
            {
                yield return (frame.Slot, rest);
            }
        }
    }

    // The sentence is short and every repetition of these patterns is bounded.
    private static SpokenFrame Frame(string[] line)
    {
        const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        var timeout = TimeSpan.FromMilliseconds(Patterns.Timeout);
        // A word ends where the frame does, but not in scripts without spaces.
        var before = line[0] is "ja" or "zh" or "th" ? line[3] : $@"\b(?:{line[3]})\b";
        return new SpokenFrame(
            Enum.Parse<FrameUse>(line[1], ignoreCase: true),
            Enum.Parse<FrameSlot>(line[2], ignoreCase: true),
            new Regex(before, Options, timeout),
            line.Length > 4 ? new Regex(line[4], Options, timeout) : null
        );
    }

    private static string Of(List<string[]> lines, string kind) => lines.Find(line => line.Length == 3 && line[1] == kind)?[2] ?? "";

    private static List<string> Words(string list) =>
        [
            .. list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(Folding.Fold)
                .OrderByDescending(word => word.Length),
        ];

    private static ILookup<string, string[]> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var lines = new List<string[]>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                lines.Add(line.Split('\t'));
            }
        }

        return lines.ToLookup(line => line[0], StringComparer.Ordinal);
    }
}
