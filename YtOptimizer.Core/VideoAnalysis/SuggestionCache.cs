using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Observability.Metrics;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>Candidates that were paid for, and when.</summary>
public sealed record CachedSuggestions(SuggestionCandidates Candidates, string Model, DateTimeOffset CreatedAt);

/// <summary>
/// Candidates by content: equal texts, preferences, prompt and model never cost twice. What is stored are the model's proposals;
/// the guard checks them anew at every use. A row lease makes one instance produce an entry while others wait for it.
/// </summary>
public sealed class SuggestionCache(Db db, TimeProvider time)
{
    /// <summary>Texts of the input may come from YouTube: no longer than its 30 days.</summary>
    public static readonly TimeSpan KeepFor = TimeSpan.FromDays(29);

    private const string ReadSql =
        "SELECT candidates::text AS candidates, model, created_at FROM suggestion_cache WHERE cache_key = @key AND expires_at > @now";

    private const string LatestSql = """
        SELECT candidates::text AS candidates, model, created_at FROM suggestion_cache WHERE video_key = @videoKey AND expires_at > @now
            ORDER BY created_at DESC LIMIT 1
        """;

    private const string WriteSql = """
        INSERT INTO suggestion_cache (cache_key, video_key, model, prompt_version, candidates, prompt_tokens, completion_tokens, created_at,
            expires_at)
        VALUES (@key, @videoKey, @model, @version, @candidates::jsonb, @promptTokens, @completionTokens, @now, @expires)
        ON CONFLICT (cache_key) DO UPDATE SET candidates = excluded.candidates, created_at = excluded.created_at,
            expires_at = excluded.expires_at
        """;

    private const string AcquireSql = """
        INSERT INTO suggestion_flights AS f (cache_key, holder, lease_until) VALUES (@key, @holder, @until)
        ON CONFLICT (cache_key) DO UPDATE SET holder = @holder, lease_until = @until WHERE f.lease_until <= @now
        """;

    public static string Key(string data, string model) => Hash($"{SuggestionPrompt.Version}\n{model}\n{data}");

    /// <summary>What counts as "the same video" when only an older answer is left: its id and the language asked for.</summary>
    public static string VideoKey(string? videoId, VideoInput input, OutputPreferences preferences)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(preferences);
        return Hash($"{videoId ?? input.Title}\n{preferences.Language}");
    }

    public async Task<CachedSuggestions?> ReadAsync(string key, CancellationToken ct)
    {
        var entry = Entry(await db.FirstOrDefaultAsync<Row>(ReadSql, new { key, now = time.GetUtcNow() }, ct));
        YtoMetrics.CacheRead(entry is not null);
        return entry;
    }

    /// <summary>The newest entry of a video, whatever its texts were then.</summary>
    public async Task<CachedSuggestions?> LatestAsync(string videoKey, CancellationToken ct) =>
        Entry(await db.FirstOrDefaultAsync<Row>(LatestSql, new { videoKey, now = time.GetUtcNow() }, ct));

    public Task WriteAsync(
        string key,
        string videoKey,
        string model,
        SuggestionCandidates candidates,
        int promptTokens,
        int completionTokens,
        CancellationToken ct
    )
    {
        var now = time.GetUtcNow();
        var json = JsonSerializer.Serialize(candidates, AnalysisJson.Options);
        // jsonb cannot hold U+0000.
        return db.ExecuteAsync(
            WriteSql,
            new
            {
                key,
                videoKey,
                model,
                version = SuggestionPrompt.Version,
                candidates = json.Replace("\\u0000", "", StringComparison.Ordinal),
                promptTokens,
                completionTokens,
                now,
                expires = now + KeepFor,
            },
            ct
        );
    }

    /// <summary>True for the one caller of the fleet that may ask the model; the lease ends with <see cref="ReleaseAsync"/> or by
    /// time.</summary>
    public async Task<bool> AcquireAsync(string key, Guid holder, TimeSpan lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await db.ExecuteAsync(
                AcquireSql,
                new
                {
                    key,
                    holder,
                    now,
                    until = now + lease,
                },
                ct
            ) == 1;
    }

    /// <summary>Keeps a lease that is still ours.</summary>
    public Task RenewAsync(string key, Guid holder, TimeSpan lease, CancellationToken ct) =>
        db.ExecuteAsync(
            "UPDATE suggestion_flights SET lease_until = @until WHERE cache_key = @key AND holder = @holder",
            new
            {
                key,
                holder,
                until = time.GetUtcNow() + lease,
            },
            ct
        );

    public async Task<bool> InFlightAsync(string key, CancellationToken ct) =>
        await db.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT 1 FROM suggestion_flights WHERE cache_key = @key AND lease_until > @now)",
            new { key, now = time.GetUtcNow() },
            ct
        );

    public async Task ReleaseAsync(string key, Guid holder)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await db.ExecuteAsync(
            "DELETE FROM suggestion_flights WHERE cache_key = @key AND holder = @holder",
            new { key, holder },
            deadline.Token
        );
    }

    public async Task<int> PurgeAsync(CancellationToken ct) =>
        await db.ExecuteAsync(
            "DELETE FROM suggestion_cache WHERE expires_at <= @now",
            new { now = time.GetUtcNow() },
            ct,
            timeoutSeconds: 300
        )
        + await db.ExecuteAsync(
            "DELETE FROM suggestion_flights WHERE lease_until <= @now",
            new { now = time.GetUtcNow() - TimeSpan.FromHours(1) },
            ct
        );

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static CachedSuggestions? Entry(Row? row) =>
        row is null || JsonSerializer.Deserialize<SuggestionCandidates>(row.Candidates, AnalysisJson.Options) is not { } candidates
            ? null
            : new CachedSuggestions(candidates, row.Model, new DateTimeOffset(DateTime.SpecifyKind(row.CreatedAt, DateTimeKind.Utc)));

    private sealed record Row
    {
        public string Candidates { get; init; } = "";

        public string Model { get; init; } = "";

        public DateTime CreatedAt { get; init; }
    }
}
