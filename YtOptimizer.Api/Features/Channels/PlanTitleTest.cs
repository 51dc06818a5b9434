using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Channels;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>Which video, which titles, how many impressions and days; kept, so that its result can be recorded.</summary>
internal static class PlanTitleTest
{
    private const int MostTests = 500;

    /// <param name="Titles">Candidates, 1 to 20 of at most 100 characters; at most two are taken beside the current title.</param>
    /// <param name="VideoId">One of the channel's videos; absent: the one where a better title would win most clicks.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: PlainTexts(20, 100), MinLength(1)] IReadOnlyList<string> Titles,
        [property: VideoId] string? VideoId = null
    );

    /// <param name="Id">For recording the result; null where no candidate differs enough, so that there is nothing to test.</param>
    /// <param name="Plan">What to test, and for how long.</param>
    public sealed record Response(Guid? Id, TitleTestPlan Plan);

    private const string Sql = """
        INSERT INTO channel_title_tests (id, user_id, video_id, titles, predicted, impressions_needed, days_needed, created_at)
        SELECT @id, @userId, @videoId, @titles, @predicted, @impressions, @days, @now
        WHERE (SELECT count(*) FROM channel_title_tests WHERE user_id = @userId) < @most
        """;

    [Refuses(404, "video_not_found")]
    [Refuses(409, "impressions_unknown", "too_many_title_tests")]
    public static async Task<Results<Created<Response>, Ok<Response>, ProblemHttpResult>> Handle(
        Request request,
        CurrentUser user,
        ChannelCatalogue catalogue,
        Db db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var videos = await catalogue.ReadAsync(user.Id, ct);
        var video = request.VideoId is { } wanted
            ? videos.FirstOrDefault(known => known.VideoId == wanted)
            : TitleTestPlanner.Choose(videos);
        if (video is null)
        {
            return request.VideoId is null
                ? Problems.Conflict(
                    "impressions_unknown",
                    "To choose a video, import a Studio export with impressions, click-through rate and publish time; or send a videoId."
                )
                : Problems.NotFound("video_not_found", "No video with this id is among those you imported.");
        }

        var model = ChannelModel.Fit(videos, ct);
        var plan = TitleTestPlanner.Plan(model, videos, video, request.Titles, chosen: request.VideoId is null);
        if (plan.Titles.Count < 2)
        {
            return TypedResults.Ok(new Response(null, plan));
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var kept = await db.ExecuteAsync(
            Sql,
            new
            {
                id,
                userId = user.Id,
                videoId = video.VideoId,
                titles = plan.Titles.Select(title => title.Title).ToArray(),
                predicted = plan.Titles.Select(title => title.TimesUsual).ToArray(),
                impressions = plan.ImpressionsNeeded,
                days = plan.Days,
                now = clock.GetUtcNow(),
                most = MostTests,
            },
            ct
        );
        return kept == 1
            ? TypedResults.Created($"/api/v1/channel/title-tests/{id}", new Response(id, plan))
            : Problems.Conflict("too_many_title_tests", $"You have {MostTests} title tests. Delete the channel's data to begin anew.");
    }
}
