using System.Globalization;
using CsCheck;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.Analysis.Transcripts;

/// <summary>Whatever form a transcript has: the words that went in come out, in their order, and nothing else.</summary>
public class TranscriptWordsTests
{
    private static readonly string[] Vocabulary =
    [
        "we",
        "bake",
        "bread",
        "1984",
        "42",
        "<3",
        "Tom's",
        "&",
        "‹so›",
        "x->y",
        "10:30",
        "3:2",
        "NOTE",
        "パン",
        "хлеб",
        "خبز",
        "👩‍👩‍👧",
        "0:00",
        "note",
        "{laughs}",
        "#1",
        "a<b",
        "WEBVTT",
        "Kind:",
    ];

    private static readonly Gen<string[]> Words = Gen.Int[0, Vocabulary.Length - 1]
        .Select(i => Vocabulary[i])
        .Array[1, 5]
        .Select(words => words is [_, ..] && words[0] is "NOTE" or "WEBVTT" ? ["so", .. words] : words);

    // A cue of numbers alone cannot be told from a counter, nor one of a clock time from the panel's.
    private static readonly Gen<List<string[]>> Speech = Words.Where(words => words.Any(word => word.Any(char.IsLetter))).List[1, 12];

    // No two cues alike, so that chance does not make rolling captions of them.
    private static readonly Gen<List<string[]>> Distinct = Speech.Select(speech =>
        speech.Select((words, i) => (string[])[$"n{i}", .. words]).ToList()
    );

    [Fact]
    public void Parse_SubRipInAllItsForms_WordsInAreWordsOut() =>
        Gen.Select(Distinct, Gen.Int[0, 6], Gen.Int[0, 4], Gen.Bool, Gen.Bool, Gen.Int[0, 2])
            .Sample(
                (speech, times, decoration, counters, blankInside, ends) =>
                {
                    var file = new System.Text.StringBuilder(ends == 2 ? "\uFEFF" : "");
                    for (var i = 0; i < speech.Count; i++)
                    {
                        file.Append(counters ? $"{i + 1}\n" : "").Append(Timing(times, i)).Append('\n');
                        var words = speech[i].Select(Escape).ToList();
                        var half = words.Count / 2;
                        file.Append(Decorate(string.Join(' ', words.Take(half)), decoration))
                            .Append(
                                half > 0
                                    ? blankInside && speech[i].Skip(half).Any(word => word.Any(char.IsLetter))
                                        ? "\n\n"
                                        : "\n"
                                    : ""
                            )
                            .Append(Decorate(string.Join(' ', words.Skip(half)), decoration))
                            .Append("\n\n");
                    }

                    Check(speech, ends == 1 ? file.ToString().ReplaceLineEndings("\r\n") : file.ToString());
                }
            );

    [Fact]
    public void Parse_WebVtt_WordsInAreWordsOut() =>
        Gen.Select(Speech, Gen.Bool, Gen.Int[0, 4], Gen.Bool)
            .Sample(
                (speech, names, decoration, padding) =>
                {
                    var file = new System.Text.StringBuilder("WEBVTT\nKind: captions\n\nNOTE\nnot spoken\n\n");
                    for (var i = 0; i < speech.Count; i++)
                    {
                        file.Append(names ? $"cue {i}\n" : "")
                            .Append(
                                CultureInfo.InvariantCulture,
                                $"{i / 60:00}:{i % 60:00}.000 --> {i / 60:00}:{i % 60:00}.900 align:start\n"
                            )
                            .Append(padding ? " \n" : "")
                            .Append(Decorate(string.Join(' ', speech[i].Select(Escape)), decoration))
                            .Append("\n\n");
                    }

                    Check(speech, file.ToString());
                }
            );

    [Fact]
    public void Parse_RollingCaptions_WordsInAreWordsOut() =>
        Gen.Select(Speech.Where(speech => speech.Count > 2), Gen.Bool)
            .Sample(
                (speech, holds) =>
                {
                    var file = new System.Text.StringBuilder("WEBVTT\n\n");
                    var before = "";
                    for (var i = 0; i < speech.Count; i++)
                    {
                        var line = string.Join(' ', speech[i].Select(Escape));
                        file.Append(
                            CultureInfo.InvariantCulture,
                            $"00:{i:00}.000 --> 00:{i:00}.{(holds ? 990 : 999)} align:start "
                                + $"position:0%\n{(before.Length > 0 ? before : " ")}\n{Timed(speech[i], i)}\n\n"
                        );
                        if (holds)
                        {
                            file.Append(
                                CultureInfo.InvariantCulture,
                                $"00:{i:00}.990 --> 00:{i + 1:00}.000 align:start position:0%\n{line}\n \n\n"
                            );
                        }

                        before = line;
                    }

                    Check(speech, file.ToString());
                }
            );

    [Fact]
    public void Parse_SbvAndPanel_WordsInAreWordsOut() =>
        Gen.Select(Speech, Gen.Bool)
            .Sample(
                (speech, sbv) =>
                {
                    var clean = speech
                        .Select(words => words.Where(word => !char.IsAsciiDigit(word[0])).ToArray())
                        .Where(words => words.Length > 0)
                        .ToList();
                    var file = string.Concat(
                        clean.Select(
                            (words, i) =>
                                sbv
                                    ? $"0:{i / 60:00}:{i % 60:00}.000,0:{i / 60:00}:{i % 60:00}.900\n{string.Join(' ', words)}\n\n"
                                    : $"{i / 60}:{i % 60:00}\n{string.Join(' ', words)}\n"
                        )
                    );
                    Check(clean, file);
                }
            );

    private static void Check(List<string[]> speech, string file) =>
        Assert.Equal(string.Join(' ', speech.SelectMany(words => words)), TranscriptParser.Parse(file).Text);

    private static string Timed(string[] words, int second) =>
        string.Concat(
            words.Select(
                (word, k) =>
                    k == 0 ? Escape(word) : string.Create(CultureInfo.InvariantCulture, $"<00:00:{second:00}.{k}00><c> {Escape(word)}</c>")
            )
        );

    private static string Escape(string word) => word.Replace("&", "&amp;", StringComparison.Ordinal);

    private static string Decorate(string text, int kind) =>
        text.Length == 0
            ? ""
            : kind switch
            {
                1 => "<i>" + text + "</i>",
                2 => "{\\an8}" + text,
                3 => "<font\ncolor=\"#ffffff\">" + text + "</font>",
                4 => ">> " + text,
                _ => text,
            };

    private static string Timing(int form, int i) =>
        form switch
        {
            1 => "00:00:00,000 --> 00:00:00,000",
            2 => $"{100 + i}:00:00,000 --> {100 + i}:00:01,000",
            3 => $"-1:-{i}:00,-5 --> -1:-{i}:01,-5",
            4 => $"００：００：{i:00}，５００ --> 00：00：{i:00}，900",
            5 => $"00:00:{i:00}.000-->00:00:{i:00}.900X1:1 X2:2",
            6 => "00:00:02,000 --> 00:00:59,000",
            _ => $"00:00:{i:00},000 --> 00:00:{i:00},900",
        };
}
