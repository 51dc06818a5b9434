using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>All videos of a bulk analysis with what came of them, in their order; at any time, finished or not. Rows are sent as they are
/// read.</summary>
internal static class ExportBulk
{
    /// <summary>A video with its result.</summary>
    public sealed record Result
    {
        public int Position { get; init; }

        /// <summary>Null for what was no video.</summary>
        public string? VideoId { get; init; }

        /// <summary>The video's address; what was sent, for what was no video.</summary>
        public string Url { get; init; } = "";

        /// <summary>pending, processing, completed, failed, cancelled or refused.</summary>
        public string Status { get; init; } = "";

        public Guid? AuditId { get; init; }

        public string? Title { get; init; }

        /// <summary>0 to 100.</summary>
        public int? Score { get; init; }

        /// <summary>The first of the suggested titles.</summary>
        public string? BestTitle => SuggestedTitles is [var best, ..] ? best : null;

        public string[]? SuggestedTitles { get; init; }

        public string? SuggestedDescription { get; init; }

        public string[]? SuggestedTags { get; init; }

        public string? ErrorCode { get; init; }

        public string? Error { get; init; }
    }

    private const int RowsAtOnce = 100;

    private const string FoundSql = "SELECT EXISTS (SELECT 1 FROM bulk_analyses WHERE id = @id AND user_id = @userId)";

    private const string Sql = """
        SELECT i.position, i.video_id, COALESCE('https://www.youtube.com/watch?v=' || i.video_id, i.input) AS url,
            CASE i.state WHEN 'waiting' THEN 'pending' WHEN 'queued' THEN COALESCE(q.status, 'pending') ELSE i.state END AS status,
            a.id AS audit_id, a.video_title AS title, a.score, a.ai_titles AS suggested_titles, a.ai_description AS suggested_description,
            a.ai_tags AS suggested_tags, i.error_code, i.error_message AS error
        FROM bulk_analysis_items i
        LEFT JOIN job_queue q ON q.id = i.job_id AND i.state = 'queued'
        LEFT JOIN audits a ON a.job_id = i.job_id AND i.state = 'completed'
        WHERE i.bulk_id = @id AND i.position > @after ORDER BY i.position LIMIT @rows
        """;

    // A spreadsheet runs what begins like a formula; with an apostrophe before it, it is text. Full-width signs count as well.
    private static readonly CsvConfiguration Csv = new(CultureInfo.InvariantCulture)
    {
        NewLine = "\r\n",
        InjectionOptions = InjectionOptions.Escape,
        InjectionCharacters = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'],
        InjectionEscapeCharacter = '\'',
    };

    private static readonly string[] Header = ["video id", "url", "status", "title", "score", "best suggested title", "tags", "error"];

    [Refuses(404, "bulk_not_found")]
    public static async Task<Results<Ok<IAsyncEnumerable<Result>>, ProblemHttpResult>> AsJson(
        Guid id,
        CurrentUser user,
        Db db,
        CancellationToken ct
    ) =>
        await db.ScalarAsync<bool>(FoundSql, new { id, userId = user.Id }, ct)
            ? TypedResults.Ok(ReadAsync(db, id, ct))
            : GetBulk.NotFound();

    [Refuses(404, "bulk_not_found")]
    public static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> AsCsv(
        Guid id,
        CurrentUser user,
        Db db,
        CancellationToken ct
    ) =>
        await db.ScalarAsync<bool>(FoundSql, new { id, userId = user.Id }, ct)
            ? TypedResults.Stream(
                body => WriteAsync(body, ReadAsync(db, id, ct), ct),
                "text/csv; charset=utf-8",
                $"ytoptimizer-bulk-{id}.csv"
            )
            : GetBulk.NotFound();

    private static async Task WriteAsync(Stream body, IAsyncEnumerable<Result> results, CancellationToken ct)
    {
        // Spreadsheets take a file without the mark for one of their own code page.
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using var csv = new CsvWriter(writer, Csv, leaveOpen: true);
        await WriteRowAsync(csv, Header);
        await foreach (var result in results.WithCancellation(ct))
        {
            await WriteRowAsync(
                csv,
                [
                    result.VideoId,
                    result.Url,
                    result.Status,
                    result.Title,
                    result.Score?.ToString(CultureInfo.InvariantCulture),
                    result.BestTitle,
                    string.Join(", ", result.SuggestedTags ?? []),
                    result.Error,
                ]
            );
        }
    }

    private static async Task WriteRowAsync(CsvWriter csv, string?[] cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(cell);
        }

        await csv.NextRecordAsync();
    }

    private static async IAsyncEnumerable<Result> ReadAsync(Db db, Guid id, [EnumeratorCancellation] CancellationToken ct)
    {
        IReadOnlyList<Result> rows;
        var after = 0;
        do
        {
            rows = await db.QueryAsync<Result>(
                Sql,
                new
                {
                    id,
                    after,
                    rows = RowsAtOnce,
                },
                ct
            );
            foreach (var row in rows)
            {
                yield return row;
            }

            after = rows.Count > 0 ? rows[^1].Position : after;
        } while (rows.Count == RowsAtOnce);
    }
}
