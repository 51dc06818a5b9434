using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Channels;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>What the model reads in the caller's channel, and how well it would have predicted it.</summary>
internal static class GetChannelModel
{
    /// <param name="Status">ready, or not_enough_data.</param>
    /// <param name="Usable">Videos with views and a publish time.</param>
    /// <param name="FewestUsable">So many are needed.</param>
    /// <param name="Validity">How predictions from earlier videos alone ranked later ones.</param>
    /// <param name="Words">Words of titles that went with more or fewer views.</param>
    /// <param name="TitleTests">How predictions did in the caller's own tests.</param>
    public sealed record Response(
        string Status,
        int Usable,
        int FewestUsable,
        ChannelValidity Validity,
        LiftReading Words,
        TestRecord TitleTests
    );

    /// <param name="Finished">Tests with a result and at least one predicted difference.</param>
    /// <param name="NoWinner">Of them, those without a winner.</param>
    /// <param name="Predicted">Of them, those where the title with the highest prediction won.</param>
    public sealed record TestRecord(int Finished, int NoWinner, int Predicted);

    // The highest prediction, where one is highest.
    private const string TestsSql = """
        SELECT count(*)::int AS finished, count(*) FILTER (WHERE winner IS NULL)::int AS no_winner,
            count(*) FILTER (WHERE predicted[winner + 1] = best.value)::int AS predicted
        FROM channel_title_tests
        CROSS JOIN LATERAL (SELECT max(p) AS value, min(p) AS least FROM unnest(predicted) AS p) AS best
        WHERE user_id = @userId AND finished_at IS NOT NULL AND best.value > best.least
        """;

    public static async Task<Ok<Response>> Handle(CurrentUser user, ChannelCatalogue catalogue, Db db, CancellationToken ct)
    {
        var model = ChannelModel.Fit(await catalogue.ReadAsync(user.Id, ct), ct);
        var tests = await db.FirstOrDefaultAsync<TestRecord>(TestsSql, new { userId = user.Id }, ct);
        return TypedResults.Ok(
            new Response(
                model.IsReady ? "ready" : "not_enough_data",
                model.Videos,
                ChannelModel.FewestVideos,
                model.Validity,
                LiftReading.Of(model, ct),
                tests!
            )
        );
    }
}
