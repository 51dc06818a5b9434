using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Transcripts;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Tests.Analysis;

/// <summary>Transcripts are read: what is said about the subject, and where it changes.</summary>
public class SpeechTests
{
    public static TheoryData<string> Talks => ["en-tutorial-wobbly-chair", "es-review-auriculares", "ja-coffee-handdrip"];

    [Theory]
    [MemberData(nameof(Talks))]
    public void Analyze_TimedTranscript_CutsWhereAPersonWould(string talk)
    {
        var chapters = Analyze(Read(talk)).Chapters.Chapters;
        Assert.Empty(ChapterList.Validate(chapters, null));
        Assert.InRange(Score(talk, chapters).F1, 0.8, 1);
    }

    /// <summary>Automatic captions without sentences, an interview, lectures: no pause tells where the topic changes.</summary>
    [Fact]
    public void Analyze_TalksWithoutPauses_AreCutWhereTheTopicChanges()
    {
        string[] talks =
        [
            "de-vorlesung-gezeiten",
            "en-auto-sourdough",
            "en-interview-lighthouse",
            "en-lecture-indexes",
            "es-auto-huerto",
            "ja-koza-kumo",
        ];
        Assert.InRange(talks.Average(talk => Score(talk, Analyze(Read(talk)).Chapters.Chapters).F1), 0.65, 1);
    }

    [Theory]
    [InlineData("de-vorlesung-gezeiten", "Einleitung", "Turbinen")]
    [InlineData("en-auto-sourdough", "Intro", "Dutch oven")]
    [InlineData("en-interview-lighthouse", "Intro", "Glass prisms")]
    [InlineData("es-auto-huerto", "Introducción", "Tomates")]
    [InlineData("ja-koza-kumo", "はじめに", "飛行機雲")]
    public void Analyze_Labels_NameWhatThePartIsAbout(string talk, string opening, string topic)
    {
        var labels = Analyze(Read(talk)).Chapters.Chapters.Select(chapter => chapter.Title).ToList();
        Assert.Equal(opening, labels[0]);
        Assert.Contains(labels, label => label.Contains(topic, StringComparison.Ordinal));
        Assert.Equal(labels.Distinct(StringComparer.OrdinalIgnoreCase), labels);
        Assert.All(labels, label => Assert.InRange(label.Length, 1, 60));
    }

    [Fact]
    public void Analyze_UntimedTalkAlone_GivesTitlesDescriptionAndTags()
    {
        var talk = Transcript.FromText(Read("en-lecture-indexes").Text);
        var result = Analyze(talk);
        Assert.NotEmpty(result.Titles);
        Assert.NotEmpty(result.Description.Text);
        Assert.Contains(result.Tags.Tags, tag => tag.Contains("index", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(result.Warnings, warning => warning.Message.Contains("transcript helps", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Talks))]
    public void Analyze_CaptionsWithoutPauses_StillFindsTopics(string talk)
    {
        var cues = Read(talk).Segments;
        var seamless = Transcript.FromSegments([
            .. cues.Select((cue, i) => i + 1 < cues.Count ? cue with { End = cues[i + 1].Start } : cue),
        ]);
        Assert.InRange(Score(talk, Analyze(seamless).Chapters.Chapters).F1, 0.5, 1);
    }

    [Theory]
    [InlineData("en-tutorial-wobbly-chair", "en", "Benchmark", "welcome", "subscribe", "89-125")]
    [InlineData("es-review-auriculares", "es", "Huertabox", "Bienvenidos", "suscribíos", "118-155")]
    public void Read_Talk_SetsGreetingSponsorAndSignOffApart(
        string talk,
        string language,
        string sponsor,
        string greeting,
        string request,
        string span
    )
    {
        var speech = SpeechReader.Read(Read(talk), language);
        Assert.All((string[])[sponsor, greeting, request], word =>
            Assert.DoesNotContain(word, speech.Body, StringComparison.OrdinalIgnoreCase)
        );
        var told = speech.Units.Where(unit => unit.Kind == SpokenKind.Sponsor).ToList();
        Assert.Equal(span, $"{(int)told[0].Start.TotalSeconds}-{(int)Math.Round(told[^1].End.TotalSeconds)}", Near);
        Assert.Equal(SpokenKind.SignOff, speech.Units[^1].Kind);
    }

    [Theory]
    [InlineData("This video is not sponsored by anyone. We simply bake bread today and talk about flour.")]
    [InlineData("Dieses Video ist nicht gesponsert. Wir backen heute einfach Brot und reden über Mehl.")]
    public void Read_NoSponsor_IsNotTakenForOne(string text) =>
        Assert.DoesNotContain(SpeechReader.Read(Transcript.FromText(text), text.StartsWith('D') ? "de" : "en").Units, unit =>
            unit.Kind == SpokenKind.Sponsor
        );

    [Theory]
    [MemberData(nameof(Talks))]
    public void Analyze_Talk_TagsTitlesAndKeyPointsComeFromTheSubject(string talk)
    {
        var result = Analyze(Read(talk));
        var shown = string.Join(
            '\n',
            [
                .. result.Tags.Tags,
                .. result.Hashtags,
                .. result.Titles.Select(title => title.Text),
                .. result.Description.KeyPoints,
                .. result.Chapters.Chapters.Select(chapter => chapter.Title),
            ]
        );
        Assert.All((string[])["Benchmark", "Huertabox", "Bienvenidos", "welcome", "チャンネル登録"], word =>
            Assert.DoesNotContain(word, shown, StringComparison.OrdinalIgnoreCase)
        );
        Assert.NotEmpty(result.Tags.Tags);
    }

    [Fact]
    public void Analyze_FourHours_ChaptersCoverAll()
    {
        string[] topics =
        [
            "bread dough with flour and salt",
            "the bicycle chain and its gears",
            "coffee beans and espresso",
            "a wooden chair with loose joints",
            "the rooftop hives of honey bees",
            "ice ships to the tropics",
        ];
        var segments = Enumerable
            .Range(0, 4 * 60 * 12)
            .Select(i => new TranscriptSegment(
                TimeSpan.FromSeconds(i * 5),
                TimeSpan.FromSeconds((i * 5) + 4.5),
                (i % 240 == 0 ? "Okay, next we talk about " : "and here we say more about ") + topics[i / 240 % topics.Length]
            ))
            .ToList();
        var chapters = Analyze(Transcript.FromSegments(segments)).Chapters.Chapters;
        Assert.InRange(chapters.Count, 8, 40);
        Assert.InRange(chapters[^1].Start, TimeSpan.FromHours(3), TimeSpan.FromHours(4));
    }

    private static bool Near(string expected, string actual) =>
        expected
            .Split('-')
            .Zip(actual.Split('-'))
            .All(pair =>
                Math.Abs(
                    int.Parse(pair.First, System.Globalization.CultureInfo.InvariantCulture)
                        - int.Parse(pair.Second, System.Globalization.CultureInfo.InvariantCulture)
                ) <= 8
            );

    private static AnalysisResult Analyze(Transcript transcript) =>
        Samples.Analyzer.Analyze(
            new VideoInput
            {
                Title = Samples.Analyzer.WorkingTitle(transcript),
                HasWorkingTitle = true,
                Transcript = transcript,
            }
        );

    private static ChapterScore Score(string talk, IReadOnlyList<Chapter> chapters) =>
        ChapterEvaluation.Compare(chapters, ChapterEvaluation.ReadGold(File.ReadAllText(Data(talk + ".json"))));

    private static Transcript Read(string talk) => TranscriptParser.Parse(File.ReadAllText(Data(talk + ".vtt")));

    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "transcripts", name);
}
