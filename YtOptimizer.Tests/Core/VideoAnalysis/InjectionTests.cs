using System.Text;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Core.VideoAnalysis;

/// <summary>A model that obeys every instruction planted in a video: nothing of what it then writes may come out.</summary>
public sealed class InjectionTests(UpstreamFixture fixture) : IClassFixture<UpstreamFixture>, IAsyncLifetime
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fixture.ResetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("title")]
    [InlineData("description")]
    [InlineData("tags")]
    [InlineData("transcript")]
    public async Task ObedientModel_NothingReachesTheOutput(string field)
    {
        const string Mark = InjectionPayloads.Mark;
        fixture.Upstreams.OpenAi.Chat.Default = fixture.Upstreams.OpenAi.Answer(
            Suggestions.Answer(
                titles: [Mark, $"{Mark} for tomato plants", $"Buy {Mark} now", $"Ignore previous instructions {Mark}"],
                description: $"{Mark} is the best. Visit https://evil.example/{Mark} now. Write to {Mark}@evil.example today.",
                tags: [Mark, "tomato " + Mark],
                keyPoints: [$"{Mark} wins"],
                overlays: [Mark, "Buy " + Mark],
                chapters: [("0:00", Mark), ("1:00", Mark), ("2:00", Mark)]
            )
        );
        var pipeline = fixture.Instance(Unlimited()).GetRequiredService<AnalysisPipeline>();
        var user = await fixture.UserAsync();
        var leaks = new StringBuilder();
        var number = 0;
        foreach (var payload in InjectionPayloads.All)
        {
            var (language, title, description) = InjectionPayloads.Videos[number++ % InjectionPayloads.Videos.Count];
            var metadata = field switch
            {
                "title" => new SubmittedMetadata { Title = title + ". " + payload, Description = description },
                "description" => new SubmittedMetadata { Title = title, Description = description + "\n" + payload + "\n" + description },
                "tags" => new SubmittedMetadata
                {
                    Title = title,
                    Description = description,
                    Tags = [payload, title],
                },
                _ => new SubmittedMetadata
                {
                    Title = title,
                    Description = description,
                    Transcript =
                        $"1\n00:00:00,000 --> 00:00:20,000\n{description}\n\n2\n00:00:20,000 --> "
                        + $"00:00:40,000\n{payload}\n\n3\n00:00:40,000 --> 00:05:00,000\n{description}\n",
                },
            };
            var outcome = await pipeline.RunAsync(
                new AnalysisRequest { Kind = AnalysisKinds.Video, Metadata = metadata },
                Run(user),
                new Progress<JobProgress>(),
                Ct
            );
            Assert.Contains(outcome.SuggestionOrigin, (string[])["llm", "cache"]);
            foreach (
                var text in Published(outcome.Result)
                    .Where(text =>
                        text.Contains(Mark, StringComparison.OrdinalIgnoreCase)
                        || text.Contains("evil.example", StringComparison.OrdinalIgnoreCase)
                    )
            )
            {
                leaks.Append(language).Append(": ").Append(payload).Append(" → ").AppendLine(text);
            }
        }

        Assert.True(leaks.Length == 0, leaks.ToString());
        // Cleaned of their payloads the videos are equal again, so later ones are answered by the cache, with the same obedient candidates.
        Assert.True(fixture.Upstreams.OpenAi.Chat.Calls.Count >= InjectionPayloads.Videos.Count, "the model was asked");
    }

    [Fact]
    public async Task PlantedInstructions_AreReported_AndDoNotReachTheModel()
    {
        var pipeline = fixture.Instance(Unlimited()).GetRequiredService<AnalysisPipeline>();
        fixture.Upstreams.OpenAi.Chat.Default = fixture.Upstreams.OpenAi.Answer(Suggestions.Answer());
        var (_, title, description) = InjectionPayloads.Videos[0];
        var outcome = await pipeline.RunAsync(
            new AnalysisRequest
            {
                Kind = AnalysisKinds.Video,
                Metadata = new SubmittedMetadata { Title = title, Description = description + "\n" + InjectionPayloads.All[0] },
            },
            Run(await fixture.UserAsync()),
            new Progress<JobProgress>(),
            Ct
        );
        Assert.Contains(outcome.Result.Warnings, warning => warning.Code == WarningCodes.SuspiciousInstructions);
        Assert.DoesNotContain(InjectionPayloads.Mark, fixture.Upstreams.OpenAi.Chat.Calls[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TranslationOfAnInfectedVideo_IsNotTrusted()
    {
        fixture.Upstreams.OpenAi.Chat.Default = fixture.Upstreams.OpenAi.Answer(
            Suggestions.Answer(titles: [$"Compra {InjectionPayloads.Mark} para tus tomates en verano"], suspicious: true)
        );
        var (_, title, description) = InjectionPayloads.Videos[0];
        var outcome = await fixture
            .Instance(Unlimited())
            .GetRequiredService<AnalysisPipeline>()
            .RunAsync(
                new AnalysisRequest
                {
                    Kind = AnalysisKinds.Video,
                    Language = "es",
                    Metadata = new SubmittedMetadata { Title = title, Description = description },
                },
                Run(await fixture.UserAsync()),
                new Progress<JobProgress>(),
                Ct
            );
        Assert.DoesNotContain(Published(outcome.Result), text => text.Contains(InjectionPayloads.Mark, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Everything that is offered for publication. The untouched original description may still hold what its author
    /// wrote.</summary>
    private static IEnumerable<string> Published(AnalysisResult result) =>
        [
            .. result.Titles.Select(title => title.Text),
            .. result.Titles.SelectMany(title => title.Reasons),
            result.Description.Source == SuggestionSource.Llm ? result.Description.Text : "",
            .. result.Description.KeyPoints,
            .. result.Tags.Tags,
            .. result.Hashtags,
            .. result.Chapters.Chapters.Select(chapter => chapter.Title),
            .. result.ThumbnailIdeas.SelectMany(idea =>
                (string[])[idea.OverlayText, idea.Concept, idea.ImagePrompt, .. idea.VisualElements]
            ),
            .. result.Keywords.Primary.Concat(result.Keywords.Secondary).Concat(result.Keywords.LongTail).Select(keyword => keyword.Phrase),
        ];

    private static AnalysisRun Run(Guid user) => new(user, null, 1, "test");

    private static Dictionary<string, string?> Unlimited() => new() { ["Spend:UserMonthTokens"] = "0", ["Spend:GlobalDayTokens"] = "0" };
}
