using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Upstreams.YouTube;
using YtOptimizer.Core.Usage;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Workflow;

/// <summary>Second step of the workflow: one analysis (cached, so asking field by field costs one model call) and the fields wanted of
/// it.</summary>
internal static class GenerateContent
{
    private static readonly string[] KnownFields = ["title", "description", "tags", "keywords", "thumbnail"];

    public sealed record Request(
        [property: Required] [property: MaxLength(2048)] string VideoUrl,
        [property: Required] [property: Length(1, 10)] IReadOnlyList<string> Fields,
        [property: MaxLength(1000)] string? Title = null,
        [property: MaxLength(20_000)] string? Description = null,
        [property: MaxLength(500)] IReadOnlyList<string>? Tags = null,
        [property: MaxLength(500_000)] string? Transcript = null,
        [property: MaxLength(50)] string? Language = null,
        [property: MaxLength(100)] string? Tone = null
    );

    public sealed record KeywordLists(
        IReadOnlyList<string> PrimaryKeywords,
        IReadOnlyList<string> LongTailKeywords,
        IReadOnlyList<string> TrendingKeywords,
        IReadOnlyList<string> CompetitorKeywords
    );

    public sealed record ThumbnailChoice(string Template, IReadOnlyDictionary<string, string> TemplateData);

    public sealed record Response(
        string Source,
        bool Degraded,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Title = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Description = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Tags = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] KeywordLists? Keywords = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ThumbnailChoice? Thumbnail = null
    );

    [Refuses(400, "unknown_field")]
    [RefusesToAnalyse]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        AnalysisPipeline pipeline,
        HttpContext context,
        WorkflowRefusals refusals,
        CancellationToken ct
    )
    {
        if (request.Fields.FirstOrDefault(field => !KnownFields.Contains(field, StringComparer.Ordinal)) is not null)
        {
            return Problems.BadRequest("unknown_field", "Ask for fields out of: " + string.Join(", ", KnownFields) + ".");
        }

        if (!VideoReference.TryParse(request.VideoUrl, out var video, out var problem))
        {
            return PreferHandling.IsLenient(context)
                ? TypedResults.Ok(Unknown(await refusals.ToldAsync(user, problem.Code(), problem.Explain(), ct)))
                : Problems.BadRequest(problem.Code(), problem.Explain());
        }

        try
        {
            var question = new VideoLookupRequest(request.VideoUrl, request.Title, request.Description, request.Tags, request.Transcript);
            var asked = question.ToRequest(video) with { Language = request.Language, Tone = request.Tone };
            var outcome = await pipeline.RunAsync(
                asked,
                new AnalysisRun(user.Id, null, 1, context.TraceIdentifier),
                new Progress<JobProgress>(),
                ct
            );
            return TypedResults.Ok(Pick(outcome, [.. request.Fields]));
        }
        catch (AnalysisException failure)
        {
            return PreferHandling.IsLenient(context)
                ? TypedResults.Ok(Unknown(await refusals.ToldAsync(user, failure.Code, failure.Message, ct)))
                : AnalysisProblems.From(failure);
        }
    }

    // The app goes on with a template and shows the rest as it is.
    private static Response Unknown(string reason) =>
        new(
            "none",
            true,
            [],
            reason,
            [],
            new KeywordLists([], [], [], []),
            new ThumbnailChoice(ThumbnailTemplates.All[0], new Dictionary<string, string>(StringComparer.Ordinal))
        );

    private static Response Pick(AnalysisOutcome outcome, HashSet<string> fields)
    {
        var result = outcome.Result;
        return new Response(
            outcome.SuggestionOrigin,
            outcome.Degraded,
            fields.Contains("title") ? outcome.OfferedTitles : null,
            fields.Contains("description") ? result.Description.Text : null,
            fields.Contains("tags")
                ? result.Tags.Tags.Count > 0
                    ? result.Tags.Tags
                    : result.Hashtags
                : null,
            fields.Contains("keywords")
                ? new KeywordLists(
                    [.. result.Keywords.Primary.Concat(result.Keywords.Secondary).Select(keyword => keyword.Phrase)],
                    [.. result.Keywords.LongTail.Select(keyword => keyword.Phrase)],
                    result.Keywords.RelatedIdeas,
                    []
                )
                : null,
            fields.Contains("thumbnail") ? Choose(outcome) : null
        );
    }

    private static ThumbnailChoice Choose(AnalysisOutcome outcome)
    {
        var template = ThumbnailTemplates.For(outcome.Input, outcome.Result.ContentType);
        // An idea may do without words; a template has a headline.
        var overlay = outcome.Result.ThumbnailIdeas is [{ OverlayText.Length: > 0 } first, ..] ? first.OverlayText : outcome.Input.Title;
        return new ThumbnailChoice(
            template,
            new Dictionary<string, string>(StringComparer.Ordinal) { [ThumbnailTemplates.HeadlineField(template)] = overlay }
        );
    }
}
