using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.Analysis.Transcripts;

/// <summary>What players, editors and YouTube export beside SubRip and WebVTT: the words and the times that went in come out.</summary>
public class TranscriptExportTests
{
    private static readonly JsonSerializerOptions Dense = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly string[] Vocabulary =
    [
        "we",
        "bake",
        "bread,",
        "1984",
        "<3",
        "Tom's",
        "&",
        "\"so\"",
        "a<b>c",
        "10:30",
        "NOTE",
        "パン",
        "хлеб",
        "خبز",
        "👩‍👩‍👧",
        "[laughs]",
        "#1",
        "]]",
        "--",
        "100%",
        "Dialogue:",
        "&lt;",
    ];

    private static readonly Gen<List<string[]>> Speech = Gen.Int[0, Vocabulary.Length - 1]
        .Select(i => Vocabulary[i])
        .Array[1, 6]
        .List[2, 12]
        // No two cues alike, so that chance does not make rolling captions of them.
        .Select(speech => speech.Select((words, i) => (string[])[$"n{i}", .. words]).ToList());

    [Fact]
    public void SubStation_WordsAndTimes_AreKept() =>
        Check(
            (speech, form) =>
            {
                var file = new StringBuilder("[Script Info]\n; a comment\nTitle: not spoken\nScriptType: v4.00+\n\n[V4+ Styles]\n")
                    .Append("Format: Name, Fontname, Fontsize\nStyle: Default,Arial,20\n\n[Events]\n")
                    .Append(
                        form == 1
                            ? "Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
                            : "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
                    );
                var lines = speech.Select(
                    (words, i) =>
                        $"Dialogue: {(form == 1 ? "Marked=0" : "0")},{Clock(i, "0:mm:ss.ff")},{Clock(i + 0.9, "0:mm:ss.ff")},"
                        + "Default,Someone,0,0,0,,"
                        + (form == 2 ? "{\\an8\\pos(1,2)}" : "")
                        + string.Join(form == 3 ? "\\N" : " ", words)
                        + (form == 2 ? "{\\i0}" : "")
                );
                // Editors do not sort.
                file.Append(string.Join('\n', form == 4 ? lines.Reverse() : lines))
                    .Append("\nComment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not spoken\n")
                    .Append("Dialogue: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0 100 100{\\p0}\n");
                return file.ToString();
            }
        );

    [Fact]
    public void TimedText_WordsAndTimes_AreKept() =>
        Check(
            (speech, form) =>
            {
                var prefix = form == 1 ? "tt:" : "";
                var paragraphs = speech.Select(
                    (words, i) =>
                    {
                        var text = string.Join(
                            form == 3 ? $"<{prefix}br/>" : " ",
                            words.Select(word =>
                                form == 4 && !word.Contains(']') ? "<![CDATA[" + word + "]]>" : WebUtility.HtmlEncode(word)
                            )
                        );
                        var times = form switch
                        {
                            2 => $"begin=\"{i}s\" dur=\"900ms\"",
                            5 => $"begin=\"{i * 25}f\" end=\"{Clock(i, "00:mm:ss")}:22\"",
                            _ => $"begin='{Clock(i, "00:mm:ss.fff")}' end='{Clock(i + 0.9, "00:mm:ss.fff")}'",
                        };
                        return $"<{prefix}p {times} region=\"r1\"><{prefix}span tts:color=\"red\">{text}</{prefix}span></{prefix}p>\n";
                    }
                );
                return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- not spoken -->\n"
                    + (form == 2 ? "<!DOCTYPE tt [ <!ENTITY a \"spoken\"> ]>\n" : "")
                    + $"<{prefix}tt xmlns{(form == 1 ? ":tt" : "")}=\"http://www.w3.org/ns/ttml\" "
                    + "xmlns:ttm=\"http://www.w3.org/ns/ttml#metadata\" "
                    + $"ttp:frameRate=\"25\" xml:lang=\"en\"><{prefix}head><ttm:title>not spoken</ttm:title></{prefix}head>\n"
                    + $"<{prefix}body><{prefix}div>{string.Concat(paragraphs)}</{prefix}div></{prefix}body></{prefix}tt>";
            }
        );

    [Fact]
    public void Sami_WordsAndTimes_AreKept() =>
        Check(
            (speech, form) =>
                "<SAMI>\n<HEAD><TITLE>not spoken</TITLE>\n<STYLE TYPE=\"text/css\"><!--\nP { color: white }\n"
                + ".ENCC { Name: English; }\n--></STYLE></HEAD>\n<BODY>\n"
                + string.Concat(
                    speech.Select(
                        (words, i) =>
                            $"<SYNC Start={(form == 1 ? $"\"{i * 1000}\"" : $"{i * 1000}")}><P Class=ENCC>"
                            + (form == 2 ? "<font color=\"red\">" : "")
                            + string.Join(form == 3 ? "<br>" : " ", words.Select(WebUtility.HtmlEncode))
                            + (form == 2 ? "</font>" : "")
                            + (form == 4 ? "</P></SYNC>" : "")
                            + $"\n<SYNC Start={(i * 1000) + 900}><P Class=ENCC>&nbsp;\n"
                    )
                )
                + (form == 4 ? "" : "</BODY>\n</SAMI>")
        );

    [Fact]
    public void YouTubeXml_WordsAndTimes_AreKept() =>
        Check(
            (speech, form) =>
                form switch
                {
                    0 => "<?xml version=\"1.0\" encoding=\"utf-8\" ?><transcript>"
                        + string.Concat(speech.Select((words, i) => $"<text start=\"{i}\" dur=\"0.9\">{Twice(words)}</text>"))
                        + "</transcript>",
                    1 => "<timedtext>"
                        + string.Concat(
                            speech.Select(
                                (words, i) =>
                                    $"<text t=\"{i * 1000}\" d=\"900\">{Twice(words)}</text>"
                                    + $"<text t=\"{i * 1000}\" append=\"1\">\n</text>"
                            )
                        )
                        + "</timedtext>",
                    _ => "<?xml version=\"1.0\" encoding=\"utf-8\" ?><timedtext format=\"3\">\n<head>\n<pen id=\"1\" fc=\"#E5E5E5\"/>\n"
                        + "</head>\n<body>\n"
                        + string.Concat(
                            speech.Select(
                                (words, i) =>
                                    $"<p t=\"{i * 1000}\" d=\"900\" w=\"1\">"
                                    + string.Concat(
                                        words.Select(
                                            (word, k) => $"<s t=\"{k}\" ac=\"255\">{(k > 0 ? " " : "")}{WebUtility.HtmlEncode(word)}</s>"
                                        )
                                    )
                                    + $"</p>\n<p t=\"{i * 1000}\" w=\"1\" a=\"1\">\n</p>\n"
                            )
                        )
                        + "</body>\n</timedtext>",
                }
        );

    [Fact]
    public void Json_WordsAndTimes_AreKept() =>
        Check(
            (speech, form) =>
            {
                object file = form switch
                {
                    0 => speech.Select(
                        (words, i) =>
                            new
                            {
                                text = string.Join(' ', words),
                                start = (double)i,
                                duration = 0.9,
                            }
                    ),
                    1 => new
                    {
                        text = "whole",
                        segments = speech.Select(
                            (words, i) =>
                                new
                                {
                                    id = i,
                                    start = (double)i,
                                    end = i + 0.9,
                                    text = " " + string.Join(' ', words),
                                }
                        ),
                    },
                    2 => new
                    {
                        body = speech.Select(
                            (words, i) =>
                                new
                                {
                                    from = (double)i,
                                    to = i + 0.9,
                                    content = string.Join('\n', words),
                                }
                        ),
                    },
                    _ => new
                    {
                        wireMagic = "pb3",
                        pens = new[] { new { } },
                        events = new object[]
                        {
                            new
                            {
                                tStartMs = 0,
                                dDurationMs = 90_000,
                                id = 1,
                            },
                        }
                            .Concat(
                                speech.Select(
                                    object (words, i) =>
                                        new
                                        {
                                            tStartMs = i * 1000,
                                            dDurationMs = 900,
                                            segs = words
                                                .Select((word, k) => new { utf8 = (k > 0 ? " " : "") + word, tOffsetMs = k })
                                                .ToArray(),
                                        }
                                )
                            )
                            .ToArray(),
                    },
                };
                return JsonSerializer.Serialize(file, form % 2 == 0 ? Indented : Dense);
            }
        );

    private static void Check(Func<List<string[]>, int, string> write) =>
        Gen.Select(Speech, Gen.Int[0, 5], Gen.Int[0, 2])
            .Sample(
                (speech, form, ends) =>
                {
                    var file = write(speech, form);
                    var transcript = TranscriptParser.Parse(
                        (ends == 2 ? "\uFEFF" : "") + (ends == 1 ? file.ReplaceLineEndings("\r\n") : file)
                    );
                    Assert.Equal(string.Join(' ', speech.SelectMany(words => words)), transcript.Text);
                    Assert.Equal(
                        speech.Select((words, i) => new TranscriptSegment(Time(i), Time(i + 0.9), string.Join(' ', words))),
                        transcript.Segments.Select(segment => segment with { End = Nearly(segment) })
                    );
                }
            );

    // The older forms of YouTube escape twice.
    private static string Twice(string[] words) => WebUtility.HtmlEncode(WebUtility.HtmlEncode(string.Join(' ', words)));

    // Frames of 25 a second end a little before.
    private static TimeSpan Nearly(TranscriptSegment segment) =>
        segment.End - segment.Start == TimeSpan.FromMilliseconds(880) ? segment.Start + TimeSpan.FromMilliseconds(900) : segment.End;

    private static TimeSpan Time(double seconds) => TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));

    private static string Clock(double seconds, string form) =>
        form.Replace("mm", Time(seconds).ToString("mm", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("ss", Time(seconds).ToString("ss", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("fff", Time(seconds).ToString("fff", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("ff", Time(seconds).ToString("ff", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
