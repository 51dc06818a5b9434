using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>The caller's finished analyses, newest first, as stored.</summary>
internal static partial class GetHistory
{
    public sealed record Pagination(int Page, int Limit, long Total, long TotalPages, bool HasNext, bool HasPrev);

    public sealed record Response(IReadOnlyList<JsonElement> Data, Pagination Pagination);

    /// <summary>Larger pages are cut to this.</summary>
    private const int LargestPage = 50;

    private const string Filter = """
        FROM audits a WHERE a.user_id = @userId AND (@pattern::text IS NULL
            OR a.video_title ILIKE @pattern OR a.ai_description ILIKE @pattern OR a.video_url ILIKE @pattern)
        """;

    private static readonly Dictionary<string, string> SortColumns = new(StringComparer.OrdinalIgnoreCase)
    {
        ["created_at"] = "a.created_at",
        ["createdAt"] = "a.created_at",
        ["updated_at"] = "a.updated_at",
        ["updatedAt"] = "a.updated_at",
        ["video_title"] = "a.video_title",
        ["videoTitle"] = "a.video_title",
        ["video_url"] = "a.video_url",
        ["score"] = "a.score",
    };

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        CurrentUser user,
        Db db,
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

        if (!SortColumns.TryGetValue(sortBy ?? "created_at", out var column))
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
        var total = await db.ScalarAsync<long>($"SELECT count(*) {Filter}", parameters, ct);
        var rows = await db.QueryAsync<string>(
            $"SELECT to_jsonb(a)::text {Filter} ORDER BY {column} {descending} NULLS LAST, a.id DESC LIMIT @size OFFSET @skip",
            parameters,
            ct
        );
        var pages = (total + size - 1) / size;
        return TypedResults.Ok(
            new Response([.. rows.Select(row => JsonElement.Parse(row))], new Pagination(page, size, total, pages, page < pages, page > 1))
        );
    }

    // The text is searched as it is: wildcards of LIKE in it mean themselves.
    private static string? Pattern(string? search) =>
        string.IsNullOrWhiteSpace(search) ? null : $"%{SpecialCharacter().Replace(search.Trim(), @"\$0")}%";

    [GeneratedRegex(@"[\\%_]", RegexOptions.None, 1000)]
    private static partial Regex SpecialCharacter();
}
