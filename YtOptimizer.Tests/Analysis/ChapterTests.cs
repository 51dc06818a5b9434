using CsCheck;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Tests.Analysis;

public class ChapterTests
{
    private static readonly Gen<List<Chapter>> Lists = Gen.Select(Gen.Int[0, 4000], Gen.Const("Part"))
        .Select((seconds, label) => new Chapter(TimeSpan.FromSeconds(seconds), label))
        .List[0, 12];

    [Theory]
    [InlineData("0:00 Intro", 0, "Intro")]
    [InlineData("00:00 - Intro", 0, "Intro")]
    [InlineData("(1:02:03) Main part", 3723, "Main part")]
    [InlineData("► 12:34 | Demo", 754, "Demo")]
    [InlineData("• 3:05: Results", 185, "Results")]
    [InlineData("0:00 - 1:20 Opening", 0, "Opening")]
    [InlineData("[05:00] Ende", 300, "Ende")]
    [InlineData("100:00 Late", 6000, "Late")]
    public void ParseLine_TimeFirst_IsAChapter(string line, int seconds, string label)
    {
        var chapter = ChapterList.ParseLine(line);
        Assert.NotNull(chapter);
        Assert.Equal(TimeSpan.FromSeconds(seconds), chapter.Start);
        Assert.Equal(label, chapter.Title);
    }

    [Theory]
    [InlineData("Starts at 12:30 in the hall")]
    [InlineData("1:75 no such time")]
    [InlineData("16:9 picture")]
    [InlineData("https://example.org/0:00")]
    [InlineData("")]
    public void ParseLine_OtherText_IsNone(string line) => Assert.Null(ChapterList.ParseLine(line));

    [Theory]
    [InlineData("0:00,1:00,2:00", 600, "")]
    [InlineData("0:05,1:00,2:00", 600, "first_not_zero")]
    [InlineData("0:00,1:00", 600, "too_few")]
    [InlineData("0:00,2:00,1:00", 600, "not_ascending")]
    [InlineData("0:00,0:05,2:00", 600, "too_short")]
    [InlineData("0:00,1:00,12:00", 600, "past_end")]
    [InlineData("0:00,1:00,9:55", 600, "too_short")]
    public void Validate_EachRule_IsNamed(string times, int duration, string expected)
    {
        var problems = ChapterList.Validate(
            [.. times.Split(',').Select(time => ChapterList.ParseLine(time + " x")!)],
            TimeSpan.FromSeconds(duration)
        );
        Assert.Equal(expected, string.Join(',', problems));
    }

    [Fact]
    public void Repair_AnyList_IsValidOrNothingAndInventsNoTime() =>
        Gen.Select(Lists, Gen.Int[30, 5000])
            .Sample(
                (list, seconds) =>
                {
                    var duration = TimeSpan.FromSeconds(seconds);
                    var repaired = ChapterList.Repair(list, duration, "Intro");
                    if (repaired is null)
                    {
                        return;
                    }

                    Assert.Empty(ChapterList.Validate(repaired, duration));
                    Assert.All(repaired, chapter =>
                        Assert.True(chapter.Start == TimeSpan.Zero || list.Exists(original => original.Start == chapter.Start))
                    );
                }
            );

    [Fact]
    public void Repair_ValidList_IsUnchanged() =>
        Lists.Sample(list =>
        {
            var sorted = list.OrderBy(chapter => chapter.Start).ToList();
            if (ChapterList.Validate(sorted, TimeSpan.FromHours(2)).Count == 0)
            {
                Assert.Equal(sorted, ChapterList.Repair(sorted, TimeSpan.FromHours(2), "Intro"));
            }
        });

    // A text that has lost its line breaks: the entries stand on lines again, from 0:00 on.
    [Fact]
    public void Analyze_ChaptersGluedToEachOther_PartsThem()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "How we feed the lions of the city zoo",
                Description =
                    "We feed the lions of the city zoo and show what they eat in the morning, at noon and in the evening of the day.Times:"
                    + "0:04 The lions wake up1:20 Meat from the butcher2:30 A nap in the sun4:10 The evening meal",
            }
        );
        Assert.Equal(ChapterStatus.Repaired, result.Chapters.Status);
        Assert.Contains(
            "\n0:00 The lions wake up\n1:20 Meat from the butcher\n2:30 A nap in the sun\n4:10 The evening meal",
            result.Description.Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Analyze_BrokenChapters_RepairsThemInPlace()
    {
        var result = Samples.Analyzer.Analyze(
            Samples.Sourdough with
            {
                Description =
                    Samples
                        .Sourdough.Description.Replace("0:00 Feeding", "0:04 Feeding", StringComparison.Ordinal)
                        .Replace("9:00 Baking", "19:00 Baking", StringComparison.Ordinal) + "\n5:30 Shaping",
            }
        );
        Assert.Equal(ChapterStatus.Repaired, result.Chapters.Status);
        Assert.Equal(
            ["0:00 Feeding the starter", "1:30 Mixing the dough", "4:10 Folding", "5:30 Shaping"],
            ChapterList.FormatBlock(result.Chapters.Chapters).Split('\n')
        );
        Assert.Contains("0:00 Feeding the starter\n1:30 Mixing the dough", result.Description.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("19:00", result.Description.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_PlainTranscript_OffersNoChapters()
    {
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "A long talk about bread",
                Description = "We talk about bread.",
                Transcript = Transcript.FromText("First we mix. Then we fold. Then we bake."),
                Duration = TimeSpan.FromMinutes(20),
            }
        );
        Assert.Empty(result.Chapters.Chapters);
        Assert.True(result.Chapters.NeedsTimedTranscript);
        Assert.Equal(ChapterStatus.NotAvailable, result.Chapters.Status);
    }

    [Fact]
    public void Analyze_TimedTranscript_DerivesChaptersAtSpokenTimes()
    {
        var transcript = Topics();
        var result = Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = "Bread, bikes and beans",
                Description = "Three hobbies in one video.",
                Transcript = transcript,
                Duration = TimeSpan.FromMinutes(15),
            }
        );
        Assert.Equal(ChapterStatus.Derived, result.Chapters.Status);
        Assert.Empty(ChapterList.Validate(result.Chapters.Chapters, TimeSpan.FromMinutes(15)));
        var starts = transcript.Segments.Select(segment => TimeSpan.FromSeconds(Math.Floor(segment.Start.TotalSeconds))).ToHashSet();
        Assert.All(result.Chapters.Chapters, chapter => Assert.Contains(chapter.Start, starts));
        // The topics change at 5:00 and 10:00.
        Assert.Contains(result.Chapters.Chapters, chapter => Math.Abs(chapter.Start.TotalMinutes - 5) < 1);
        Assert.Contains(result.Chapters.Chapters, chapter => Math.Abs(chapter.Start.TotalMinutes - 10) < 1);
        var spoken = Folding.Fold(transcript.Text);
        Assert.All(result.Chapters.Chapters.Where(chapter => chapter.Title != "Intro"), chapter =>
            Assert.Contains(Folding.Fold(chapter.Title), spoken, StringComparison.Ordinal)
        );
        Assert.Contains("0:00 ", result.Description.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_Short_HasNoChapters() =>
        Assert.Equal(ChapterStatus.NotApplicable, Samples.Analyzer.Analyze(Samples.Sourdough with { IsShort = true }).Chapters.Status);

    [Fact]
    public void TranscriptParser_Srt_ReadsTimesAndText()
    {
        var transcript = TranscriptParser.Parse(
            "1\r\n00:00:00,000 --> 00:00:02,500\r\nHello <i>there</i>\r\n\r\n2\r\n00:01:05,250 --> 00:01:08,000\r\nsecond\r\nline\r\n"
        );
        Assert.Equal(
            [
                new TranscriptSegment(TimeSpan.Zero, TimeSpan.FromSeconds(2.5), "Hello there"),
                new(TimeSpan.FromSeconds(65.25), TimeSpan.FromSeconds(68), "second line"),
            ],
            transcript.Segments
        );
        Assert.Equal("Hello there second line", transcript.Text);
    }

    [Fact]
    public void TranscriptParser_RollingVtt_DropsRepeatedLines()
    {
        var transcript = TranscriptParser.Parse(
            "WEBVTT\nKind: captions\n\n00:00:00.000 --> 00:00:02.000 align:start position:0%\nso<00:00:00.500><c> today</c>\n\n00:02.000 "
                + "--> 00:04.000\nso today\nwe bake\n\n00:04.000 --> 00:06.000\nwe bake\nbread\n"
        );
        Assert.Equal("so today we bake bread", transcript.Text);
        Assert.Equal(3, transcript.Segments.Count);
    }

    [Fact]
    public void TranscriptParser_AnyText_NeverThrows() =>
        Gen.OneOf(Gen.String, Samples.Pick("-->", "00:00:00,000 --> x", "99:99:99.9 --> 1:2", "1\n\n-->\n"))
            .Array[0, 6]
            .Sample(parts =>
            {
                var transcript = TranscriptParser.Parse(string.Join('\n', parts));
                Assert.All(transcript.Segments, segment => Assert.True(segment.End >= segment.Start));
            });

    private static Transcript Topics()
    {
        string[][] topics =
        [
            [
                "we knead the bread dough with flour and water",
                "the sourdough starter makes the bread dough rise",
                "flour and salt go into the bread dough",
            ],
            [
                "the bicycle chain needs oil and clean gears",
                "turn the pedals and watch the bicycle chain",
                "the bicycle gears shift on the chain",
            ],
            [
                "roast the coffee beans until the first crack",
                "grind the coffee beans for the espresso machine",
                "espresso needs fresh coffee beans and pressure",
            ],
        ];
        var segments = new List<TranscriptSegment>();
        for (var i = 0; i < 180; i++)
        {
            var start = TimeSpan.FromSeconds(i * 5);
            segments.Add(new TranscriptSegment(start, start + TimeSpan.FromSeconds(5), topics[i / 60][i % 3]));
        }

        return Transcript.FromSegments(segments);
    }
}
