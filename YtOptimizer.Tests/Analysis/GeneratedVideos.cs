using System.Globalization;
using CsCheck;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Tests.Analysis;

/// <summary>
/// Videos that look like real ones and are not: words, marks and lines of the bundled videos in another order, cut anywhere, glued with or
/// without spaces. <c>PROPERTY_ITERATIONS</c> sets how many are tried (300 unless told).
/// </summary>
public class GeneratedVideos
{
    private static readonly string[] Words =
    [
        .. Samples.Videos.SelectMany(video => video.Title.Split(' ').Concat(video.Tags.SelectMany(tag => tag.Split(' ')))).Distinct(),
    ];

    private static readonly string[] Lines = [.. Samples.Videos.SelectMany(video => video.Description.Split('\n')).Distinct()];

    private static readonly Gen<string> Mark = Samples.Pick(
        " | ",
        "|",
        " - ",
        " – ",
        "—",
        ": ",
        "：",
        "! ",
        "!!!",
        "?",
        "？",
        "。",
        ". ",
        "…",
        ", ",
        "、",
        " & ",
        " + ",
        "/",
        " (",
        ") ",
        "[",
        "]",
        "【",
        "】",
        "「",
        "」",
        "\"",
        "“",
        "”",
        "«",
        "»",
        "'",
        "’",
        "¿",
        "¡",
        "#",
        "@",
        "~",
        "_",
        "*",
        "•",
        "·",
        " x ",
        " ft. ",
        " vs ",
        "\n",
        "\t",
        "\u00a0",
        "\u200b",
        "\u200d",
        "\u202e",
        "\ufeff",
        "\u0301",
        "\ud83d",
        "\ude00",
        "🔥",
        "👨‍👩‍👧",
        "🇩🇪",
        "1",
        "2024",
        "#1",
        "EP.3",
        "10:00",
        "0:00",
        "100%",
        "$5",
        "<",
        ">",
        "&amp;",
        "\\",
        "https://youtu.be/dQw4w9WgXcQ",
        "\0"
    );

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(i => Words[i]);

    private static readonly Gen<string> Piece = Gen.Select(
        Gen.Frequency((4, Word), (3, Mark), (1, Word.Select(word => word.ToUpperInvariant()))),
        Gen.Int[0, 3],
        (piece, space) => space == 0 ? piece : piece + " "
    );

    private static readonly Gen<string> Title = Gen.Select(Piece.Array[0, 24], Gen.Int[0, 12], Gen.Int[0, 12], Gen.Int[0, 9])
        .Select(
            (pieces, first, last, cut) =>
            {
                var text = string.Concat(pieces);
                return cut > 0 || text.Length < first + last ? text : text[first..^last];
            }
        );

    private static readonly Gen<string> Line = Gen.Frequency(
        (3, Gen.Int[0, Lines.Length - 1].Select(i => Lines[i])),
        (3, Title),
        (
            1,
            Gen.Select(Gen.Int[0, 9000], Title, (second, label) =>
                TimeSpan.FromSeconds(second).ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) + " " + label
            )
        ),
        (1, Gen.Const(""))
    );

    private static readonly Gen<Transcript> Timed = Gen.Select(
        Gen.Select(Gen.Int[-2, 90], Gen.Int[0, 9], Gen.OneOf(Title, Line)).Array[0, 60],
        cues =>
        {
            var at = TimeSpan.Zero;
            return Transcript.FromSegments([
                .. cues.Select(cue =>
                {
                    var start = at;
                    at += TimeSpan.FromSeconds(Math.Max(cue.Item1, 0));
                    return new TranscriptSegment(start, start + TimeSpan.FromSeconds(cue.Item2), cue.Item3);
                }),
            ]);
        }
    );

    private static readonly Gen<Transcript?> Speech = Gen.Frequency(
        (2, Gen.Const((Transcript?)null)),
        (1, Line.Array[0, 30].Select(lines => (Transcript?)Transcript.FromText(string.Join('\n', lines)))),
        (2, Timed.Select(transcript => (Transcript?)transcript))
    );

    internal static readonly Gen<VideoInput> Video = Gen.Select(
            Gen.Select(Title, Line.Array[0, 14], Gen.OneOf(Title, Word).Array[0, 12]),
            Speech,
            Gen.Select(Gen.Int[0, 3], Gen.Int[-1, 20_000], Gen.Int[0, 44]),
            Samples.Pick("en", "de", "tr", "ja", "th", "ar", "he", "hi", "el", "nl", "pt-BR", "zh-Hans", "xx", "", "not a tag"),
            Gen.Select(Title, Title, Gen.Int[0, 31])
        )
        .Select(
            (texts, speech, facts, language, rest) =>
                new VideoInput
                {
                    Title = texts.Item1,
                    Description = string.Join('\n', texts.Item2),
                    Tags = texts.Item3,
                    ChannelTitle = (rest.Item3 & 3) switch
                    {
                        0 => null,
                        1 => "",
                        2 => texts.Item1,
                        _ => rest.Item1,
                    },
                    Duration = facts.Item2 < 0 ? null : TimeSpan.FromSeconds(facts.Item2),
                    DeclaredLanguage = facts.Item1 == 0 ? null : language,
                    CategoryId = facts.Item3.ToString(CultureInfo.InvariantCulture),
                    Transcript = speech,
                    OtherTitles = (rest.Item3 & 4) == 0 ? [] : [rest.Item1, rest.Item2, texts.Item1],
                    OtherDescriptions = (rest.Item3 & 8) == 0 ? [] : [rest.Item2, string.Join('\n', texts.Item2)],
                    ThumbnailOverlay = (rest.Item3 & 16) == 0 ? null : rest.Item2,
                    IsShort = facts.Item2 is > 0 and < 60 ? true : null,
                    MadeForKids = facts.Item1 == 1 ? true : null,
                }
        );

    [Fact]
    public void Analyze_WordsAndMarksOfRealVideosInAnyOrder_KeepsEveryLimit() =>
        Video.Sample(
            input =>
            {
                var result = Samples.Analyzer.Analyze(input);
                Assert.Null(OutputChecks.Limits(input, result));
                if (input.Transcript is { } transcript)
                {
                    Assert.InRange(Samples.Analyzer.WorkingTitle(transcript).Length, 0, 100);
                }
            },
            iter: int.TryParse(Environment.GetEnvironmentVariable("PROPERTY_ITERATIONS"), CultureInfo.InvariantCulture, out var most)
                ? most
                : 300
        );
}
