using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>The caller's title tests, newest first.</summary>
internal static class ListTitleTests
{
    /// <summary>A test as it was planned and, once recorded, as it ended.</summary>
    public sealed record Item
    {
        public Guid Id { get; init; }

        public string VideoId { get; init; } = "";

        /// <summary>The current title first.</summary>
        public string[] Titles { get; init; } = [];

        /// <summary>Predicted views as multiples of the usual, in the order of the titles; null without evidence.</summary>
        public IReadOnlyList<double?> Predicted => [.. Predictions.Select(value => double.IsNaN(value) ? (double?)null : value)];

        /// <summary>The same with NaN for null, which the driver reads.</summary>
        [JsonIgnore]
        public double[] Predictions { get; init; } = [];

        public long? ImpressionsNeeded { get; init; }

        public int? DaysNeeded { get; init; }

        /// <summary>Percent, in the order of the titles.</summary>
        public double[]? WatchTimePercent { get; init; }

        /// <summary>Place of the winning title, from 0; null for none.</summary>
        public int? Winner { get; init; }

        public DateTime CreatedAt { get; init; }

        public DateTime? FinishedAt { get; init; }
    }

    internal const string Columns =
        "id, video_id, titles, array_replace(predicted, NULL, 'NaN') AS predictions, impressions_needed, days_needed, watch_time_percent, "
        + "winner, created_at, finished_at";

    private const string Sql = $"""
        SELECT {Columns}
        FROM channel_title_tests WHERE user_id = @userId ORDER BY created_at DESC, id DESC
        """;

    public static async Task<Ok<IReadOnlyList<Item>>> Handle(CurrentUser user, Db db, CancellationToken ct) =>
        TypedResults.Ok(await db.QueryAsync<Item>(Sql, new { userId = user.Id }, ct));
}
