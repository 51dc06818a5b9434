using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Invitations;

/// <summary>All invitations, newest first, with how often they were used.</summary>
internal static class ListInvitations
{
    /// <summary>A row as it is stored: clients of the first implementation read the column names.</summary>
    public sealed record Row(
        Guid Id,
        string Code,
        string? Email,
        [property: JsonPropertyName("max_uses")] int MaxUses,
        [property: JsonPropertyName("current_uses")] int CurrentUses,
        [property: JsonPropertyName("created_by")] Guid? CreatedBy,
        [property: JsonPropertyName("expires_at")] DateTime? ExpiresAt,
        JsonElement Metadata,
        [property: JsonPropertyName("created_at")] DateTime CreatedAt,
        [property: JsonPropertyName("updated_at")] DateTime UpdatedAt
    );

    public sealed record Response(bool Success, IReadOnlyList<Row> Data);

    private const string Sql = """
        SELECT id, code, email, max_uses, current_uses, created_by, expires_at, metadata::text AS metadata, created_at, updated_at
        FROM invitations ORDER BY created_at DESC, id LIMIT 1000
        """;

    public static async Task<Ok<Response>> Handle(Db db, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Stored>(Sql, null, ct);
        return TypedResults.Ok(
            new Response(
                true,
                [
                    .. rows.Select(r => new Row(
                        r.Id,
                        r.Code,
                        r.Email,
                        r.MaxUses,
                        r.CurrentUses,
                        r.CreatedBy,
                        r.ExpiresAt,
                        JsonSerializer.Deserialize<JsonElement>(r.Metadata),
                        r.CreatedAt,
                        r.UpdatedAt
                    )),
                ]
            )
        );
    }

    private sealed record Stored(
        Guid Id,
        string Code,
        string? Email,
        int MaxUses,
        int CurrentUses,
        Guid? CreatedBy,
        DateTime? ExpiresAt,
        string Metadata,
        DateTime CreatedAt,
        DateTime UpdatedAt
    );
}
