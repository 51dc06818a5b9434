using System.Globalization;
using System.Text;
using CsCheck;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Evaluation;

namespace YtOptimizer.Tests.Analysis;

public class AnalyzerTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String,
        Samples.Pick(
            "Kochen mit Anna",
            "世界最強の料理🔥",
            "שלום עולם",
            "مرحبا بالعالم",
            "नमस्ते दुनिया",
            "00:00 Intro\n01:00 Next\n02:00 End",
            "https://example.org/a?b=c",
            "👩‍👩‍👧‍👦 family",
            "<script>",
            "\ud83d",
            "#tag #tag2",
            "ABC",
            "\u202Eevil\u200B",
            "it's 5 o'clock!!!",
            ""
        ),
        Gen.String[Gen.Char['\u0000', '\uffff'], 0, 300]
    );

    [Fact]
    public void Analyze_RealVideos_KeepsEveryLimitAndEverythingOfTheCreator()
    {
        Assert.InRange(Samples.Videos.Count, 30, 60);
        var checks = new OutputChecks(Samples.Analyzer);
        foreach (var video in Samples.Videos)
        {
            var input = video.ToInput();
            checks.Check(video.Id, input, Samples.Analyzer.Analyze(input));
        }

        Assert.Empty(checks.Constraints.ToShare().Failures);
        Assert.Empty(checks.Grounding.ToShare().Failures);
        Assert.Empty(checks.Kept.ToShare().Failures);
        Assert.True(checks.Language.ToShare().Ratio >= 0.97, string.Join('\n', checks.Language.ToShare().Failures));
    }

    [Fact]
    public void Analyze_AnyText_KeepsEveryLimit() =>
        Gen.Select(Text, Text, Text.Array[0, 8], Text)
            .Sample(
                (title, description, tags, transcript) =>
                {
                    var input = new VideoInput
                    {
                        Title = title,
                        Description = description,
                        Tags = tags,
                        ChannelTitle = title,
                        Transcript = Transcript.FromText(transcript),
                        Duration = TimeSpan.FromMinutes(7),
                    };
                    var result = Samples.Analyzer.Analyze(input);
                    Assert.Null(OutputChecks.Limits(input, result));
                    Assert.All(result.Titles, suggestion => Assert.DoesNotContain(suggestion.Text, char.IsControl));
                },
                iter: 300
            );

    [Fact]
    public void Analyze_LongDescription_StaysWithinFiveThousandBytesAndKeepsLinks()
    {
        var description =
            string.Concat(Enumerable.Repeat("Это очень длинное описание о том, как мы готовили хлеб дома. ", 75))
            + "\nСсылка: https://example.org/recipe\n© Анна";
        var result = Samples.Analyzer.Analyze(new VideoInput { Title = "Как мы готовили хлеб дома", Description = description });
        Assert.InRange(Encoding.UTF8.GetByteCount(result.Description.Text), 100, 5000);
        Assert.Contains("https://example.org/recipe", result.Description.Text, StringComparison.Ordinal);
        Assert.Contains("© Анна", result.Description.Text, StringComparison.Ordinal);
        Assert.Contains(result.Warnings, warning => warning.Code == WarningCodes.DescriptionOverLimit);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void Analyze_OtherCulture_SameBytes(string culture)
    {
        var inputs = Samples.Videos.Take(15).Select(video => video.ToInput()).Append(Samples.Sourdough).ToList();
        var expected = inputs.Select(input => Convert.ToBase64String(AnalysisJson.ToBytes(Samples.Analyzer.Analyze(input)))).ToList();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, inputs.Select(input => Convert.ToBase64String(AnalysisJson.ToBytes(Samples.Analyzer.Analyze(input)))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Analyze_ManyThreadsAndFreshAnalyzer_SameBytes()
    {
        var inputs = Samples.Videos.Select(video => video.ToInput()).ToList();
        var expected = inputs.Select(input => Convert.ToBase64String(AnalysisJson.ToBytes(Samples.Analyzer.Analyze(input)))).ToArray();
        var actual = new string[inputs.Count];
        var fresh = new Analyzer();
        Parallel.For(0, inputs.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            actual[i] = Convert.ToBase64String(AnalysisJson.ToBytes(fresh.Analyze(inputs[i])))
        );
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Analyze_RealVideos_DamageLowersTheScore()
    {
        var shares = new Metamorphic(Samples.Analyzer).Run(Samples.Videos);
        Assert.All(shares, share => Assert.True(share.Ratio >= 0.8, $"{share.Name}: {share.Ratio:P0} {string.Join("; ", share.Failures)}"));
        Assert.Contains(shares, share => share.Name == "40 unrelated hashtags" && share.Of > 20);
    }

    [Fact]
    public void Analyze_OwnSuggestionsApplied_NeverScoreLower()
    {
        var gains = new List<double>();
        foreach (var video in Samples.Videos)
        {
            var input = video.ToInput();
            var result = Samples.Analyzer.Analyze(input);
            var gain = Samples.Analyzer.ScoreOf(OutputChecks.Apply(input, result)) - result.ExactScore;
            Assert.True(gain >= 0, $"{video.Id}: {gain:F2}");
            gains.Add(gain);
        }

        gains.Sort();
        Assert.True(gains[gains.Count / 2] > 0, $"median {gains[gains.Count / 2]:F1}");
    }

    [Fact]
    public void Score_TitlePastedOnTopOfTheDescription_GainsNothing()
    {
        var gains = Samples
            .Videos.Select(video => video.ToInput())
            .Where(input => !input.Description.Contains(input.Title, StringComparison.OrdinalIgnoreCase))
            .Select(input =>
                Samples.Analyzer.ScoreOf(
                    input with
                    {
                        Description =
                            input.Title + (input.Description.Contains('\n', StringComparison.Ordinal) ? "\n\n" : " ") + input.Description,
                    }
                ) - Samples.Analyzer.ScoreOf(input)
            )
            .Order()
            .ToList();

        // Word counts shift a little, because the title is then counted twice; no video gains what a reader would call points.
        Assert.InRange(gains[gains.Count / 2], -100, 0.5);
        Assert.InRange(gains[^1], -100, 3);
    }

    [Fact]
    public void Analyze_Fixes_RiseStepByStep()
    {
        foreach (var video in Samples.Videos)
        {
            var result = Samples.Analyzer.Analyze(video.ToInput());
            var score = result.Score;
            foreach (var fix in result.Fixes)
            {
                Assert.Equal(score, fix.ScoreBefore);
                Assert.True(fix.ScoreAfter >= fix.ScoreBefore);
                Assert.Equal(fix.EditCost > 0, (fix.NewTitle ?? fix.NewDescription) is not null || fix.NewTags is not null);
                score = fix.ScoreAfter;
            }
        }
    }

    [Fact]
    public void Analyze_GoodVideo_UsesOnlyItsOwnWords()
    {
        var result = Samples.Analyzer.Analyze(Samples.Sourdough);
        Assert.Equal("en", result.Language.Code);
        Assert.Equal(ContentType.HowTo, result.ContentType);
        Assert.Contains("sourdough", result.Keywords.Primary[0].Phrase, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(ChapterStatus.Valid, result.Chapters.Status);
        Assert.NotEmpty(result.Titles);
        Assert.NotEmpty(result.ThumbnailIdeas);
        Assert.All(result.Titles, title => Assert.NotEmpty(title.SourceSpans));
        Assert.All(result.Checks, check => Assert.InRange(check.Score, 0, 1));
        foreach (
            var kept in new[]
            {
                "https://example.org/sourdough",
                "Music: \"Morning\" by Anna Example, licensed under CC BY 4.0",
                "This video contains paid promotion by Example Flour. Affiliate link: https://example.com/oven?tag=anna",
            }
        )
        {
            Assert.Contains(kept, result.Description.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Analyze_HardLimitBroken_CapsTheScore()
    {
        var result = Samples.Analyzer.Analyze(Samples.Sourdough with { Title = Samples.Sourdough.Title + new string('x', 100) });
        Assert.True(result.Score <= 40);
        Assert.Contains(result.Violations, violation => violation.Code == "title_too_long");
    }

    [Fact]
    public void Analyze_NothingKnownAboutImageOrSettings_LeavesThoseChecksOut()
    {
        var result = Samples.Analyzer.Analyze(Samples.Sourdough);
        Assert.All(result.Checks.Where(check => check.Id is "X" or "M" or "N"), check => Assert.False(check.Applicable));
        Assert.InRange(result.Confidence, 0.5, 0.95);
        var more = Samples.Analyzer.Analyze(
            Samples.Sourdough with
            {
                HasCaptions = true,
                MadeForKids = false,
                ThumbnailOverlay = "CRISP CRUST",
                OtherTitles = ["Rye bread"],
            }
        );
        Assert.True(more.Confidence > result.Confidence);
    }

    [Fact]
    public void Analyze_OtherOutputLanguageAsked_StaysAndSaysSo()
    {
        var result = Samples.Analyzer.Analyze(Samples.Sourdough, new AnalysisOptions { OutputLanguage = "fr" });
        Assert.Contains(result.Warnings, warning => warning.Code == WarningCodes.OutputLanguageNotAvailable);
    }

    [Fact]
    public void Analyze_AuditedDefects_DoNotOccur()
    {
        // Found in the wild in other tools: chapters past the end, glued tags, "Ultimate" or "Secret", forced years, first-person claims.
        foreach (
            var input in Samples
                .Videos.Select(video => video.ToInput())
                .Append(Samples.Sourdough with { Description = Samples.Sourdough.Description + "\n45:00 Bonus" })
        )
        {
            var result = Samples.Analyzer.Analyze(input);
            var source = Folding.Fold(string.Join('\n', [input.Title, input.Description, input.ChannelTitle ?? "", .. input.Tags]));
            Assert.All(result.Chapters.Chapters, chapter => Assert.True(input.Duration is null || chapter.Start < input.Duration));
            foreach (var title in result.Titles.Select(title => Folding.Fold(title.Text)))
            {
                foreach (var word in new[] { "ultimate", "secret", "i tested", "i tried", "shocking", "2024", "2025", "2026" })
                {
                    Assert.False(title.Contains(word, StringComparison.Ordinal) && !source.Contains(word, StringComparison.Ordinal), title);
                }
            }

            Assert.All(result.Tags.Tags.Where(tag => tag.Length > 30), tag =>
                Assert.True(tag.Contains(' ', StringComparison.Ordinal) || !tag.All(char.IsAsciiLetter), tag)
            );
        }
    }

    [Fact]
    public void Keyphrases_RealVideos_BeatBothBaselines()
    {
        var report = new Evaluator(Samples.Analyzer, [.. Samples.Videos.Take(25)]).Run();
        var by = report.Methods.ToDictionary(method => method.Name, StringComparer.Ordinal);
        Assert.True(by["analyzer"].P10 > by["YAKE"].P10);
        Assert.True(by["analyzer"].P10 > by["TF-IDF"].P10);
        Assert.Equal(1, report.Determinism.Ratio);
    }
}
