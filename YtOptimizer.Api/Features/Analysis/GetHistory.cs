using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>The caller's finished analyses, newest first, as stored.</summary>
internal static partial class GetHistory
{
    public sealed record Pagination(int Page, int Limit, long Total, long TotalPages, bool HasNext, bool HasPrev);

    public sealed record Response(IReadOnlyList<JsonElement> Data, Pagination Pagination);

    /// <summary>The rows of a page as a JSON array, in UTF-8, and how many there are in all.</summary>
    private sealed record Page(long Total, byte[] Rows);

    private static readonly byte[] DataStart = [.. "{\"data\":"u8];
    private static readonly byte[] PaginationStart = [.. ",\"pagination\":"u8];
    private static readonly byte[] End = [.. "}"u8];

    /// <summary>Larger pages are cut to this.</summary>
    private const int LargestPage = 50;

    private const string All = "FROM audits a WHERE a.user_id = @userId";

    private const string Found =
        $"{All} AND (a.video_title ILIKE @pattern OR a.ai_description ILIKE @pattern OR a.video_url ILIKE @pattern)";

    /// <summary>Columns by which pages can be sorted; those that may be empty come last in both directions.</summary>
    private static readonly Dictionary<string, (string Column, bool MayBeEmpty)> SortColumns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["created_at"] = ("a.created_at", false),
        ["createdAt"] = ("a.created_at", false),
        ["updated_at"] = ("a.updated_at", false),
        ["updatedAt"] = ("a.updated_at", false),
        ["video_title"] = ("a.video_title", true),
        ["videoTitle"] = ("a.video_title", true),
        ["video_url"] = ("a.video_url", false),
        ["score"] = ("a.score", true),
    };

    [Refuses(400, "invalid_page", "invalid_search", "invalid_sort")]
    public static async Task<IResult> Handle(
        CurrentUser user,
        Db db,
        IOptions<JsonOptions> json,
        CancellationToken ct,
        int page = 1,
        int limit = 10,
        string? search = null,
        string? sortBy = null,
        string? sortOrder = null
    )
    {
        if (page is < 1 or > 1_000_000 || limit is < 1 or > 100)
        {
            return Problems.BadRequest("invalid_page", "page must be 1 or more, limit 1 to 100.");
        }

        if (!SortColumns.TryGetValue(sortBy ?? "created_at", out var sort))
        {
            return Problems.BadRequest("invalid_sort", "sortBy must be one of created_at, updated_at, video_title, video_url, score.");
        }

        var descending = (sortOrder ?? "desc").ToUpperInvariant();
        if (descending is not ("ASC" or "DESC"))
        {
            return Problems.BadRequest("invalid_sort", "sortOrder must be asc or desc.");
        }

        if (search is { Length: > 200 } || search?.Contains('\0', StringComparison.Ordinal) == true)
        {
            return Problems.BadRequest("invalid_search", "search must be at most 200 characters of text.");
        }

        var size = Math.Min(limit, LargestPage);
        var parameters = new
        {
            userId = user.Id,
            pattern = Pattern(search),
            size,
            skip = (page - 1L) * size,
        };
        var (total, rows) = (
            await db.FirstOrDefaultAsync<Page>(
                Sql(parameters.pattern is null ? All : Found, sort.Column, descending + (sort.MayBeEmpty ? " NULLS LAST" : "")),
                parameters,
                ct
            )
        )!;
        var pages = (total + size - 1) / size;
        var pagination = JsonSerializer.SerializeToUtf8Bytes(
            new Pagination(page, size, total, pages, page < pages, page > 1),
            json.Value.SerializerOptions
        );
        return new JsonBody(DataStart, rows, PaginationStart, pagination, End);
    }

    // One question for the page and the number of rows; what is stored as JSON goes out as it is. Only the page's own rows become JSON.
    private static string Sql(string filter, string column, string order) =>
        $"""
            SELECT (SELECT count(*) {filter}) AS total,
                convert_to('[' || coalesce(string_agg(row_to_json(r)::text, ','), '') || ']', 'UTF8') AS rows
            FROM (SELECT a.* {filter} ORDER BY {column} {order}, a.id DESC LIMIT @size OFFSET @skip) r
            """;

    // The text is searched as it is: wildcards of LIKE in it mean themselves.
    private static string? Pattern(string? search) =>
        string.IsNullOrWhiteSpace(search) ? null : $"%{SpecialCharacter().Replace(search.Trim(), @"\$0")}%";

    [GeneratedRegex(@"[\\%_]", RegexOptions.None, 1000)]
    private static partial Regex SpecialCharacter();
}
