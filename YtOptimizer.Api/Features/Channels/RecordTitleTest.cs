using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>Records what Studio shows at the end of a test. Recording again corrects it.</summary>
internal static class RecordTitleTest
{
    private const double Rounding = 1.5;

    /// <param name="WatchTimePercent">Share of watch time of each title in the order of the plan; together about 100.</param>
    /// <param name="Winner">Place of the winning title, from 0; null when Studio says that there is none.</param>
    [JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
    public sealed record Request(
        [property: MinLength(2), MaxLength(3)] IReadOnlyList<double> WatchTimePercent,
        [property: Range(0, 2)] int? Winner = null
    );

    private const string Sql = $"""
        UPDATE channel_title_tests SET watch_time_percent = @shares, winner = @winner, finished_at = @now
        WHERE id = @id AND user_id = @userId AND cardinality(titles) = @count
        RETURNING {ListTitleTests.Columns}
        """;

    private const string CountSql = "SELECT cardinality(titles) FROM channel_title_tests WHERE id = @id AND user_id = @userId";

    [Refuses(404, "title_test_not_found")]
    public static async Task<Results<Ok<ListTitleTests.Item>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser user,
        Db db,
        TimeProvider clock,
        CancellationToken ct
    )
    {
        var shares = request.WatchTimePercent.ToArray();
        if (Array.Exists(shares, share => share is < 0 or > 100) || Math.Abs(shares.Sum() - 100) > Rounding)
        {
            return Problems.BadRequest("validation_failed", "watchTimePercent must be percentages that add up to 100.");
        }

        if (request.Winner >= shares.Length)
        {
            return Problems.BadRequest("validation_failed", "winner must be the place of one of the titles, from 0.");
        }

        var parameters = new
        {
            id,
            userId = user.Id,
            shares,
            winner = request.Winner,
            count = shares.Length,
            now = clock.GetUtcNow(),
        };
        return await db.FirstOrDefaultAsync<ListTitleTests.Item>(Sql, parameters, ct) is { } recorded ? TypedResults.Ok(recorded)
            : await db.ScalarAsync<int?>(CountSql, parameters, ct) is { } titles
                ? Problems.BadRequest("validation_failed", $"watchTimePercent must hold {titles} shares, one for each title of the test.")
            : Problems.NotFound("title_test_not_found", "No title test with this id belongs to you.");
    }
}
