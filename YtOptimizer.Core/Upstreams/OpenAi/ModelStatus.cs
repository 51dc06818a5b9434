using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <param name="Model">The model that was asked last.</param>
/// <param name="LastFailure">Code of the last failure, null when it never failed.</param>
/// <param name="FailedAt">When, UTC.</param>
/// <param name="AnsweredAt">When it last answered, UTC.</param>
public sealed record ModelStatusRow(string? Model, string? LastFailure, DateTime? FailedAt, DateTime? AnsweredAt)
{
    /// <summary>One line for health and doctor: "model gpt-4o-mini, last failure bad_request at 2026-11-29 04:05 UTC".</summary>
    public string Describe(string configured)
    {
        var failure =
            LastFailure is null || FailedAt is null
                ? ""
                : FormattableString.Invariant($", last failure {LastFailure} at {FailedAt:yyyy-MM-dd HH:mm} UTC");
        var recovered = FailedAt is { } failed && AnsweredAt > failed ? ", answers since" : "";
        return $"model {configured}{failure}{recovered}";
    }
}

/// <summary>What the fleet last saw of the model, in the database: workers ask it, the API reports it.</summary>
public sealed class ModelStatus(Db db, TimeProvider time)
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private const string AnsweredSql = """
        INSERT INTO model_status (upstream, model, answered_at) VALUES (@upstream, @model, @now)
        ON CONFLICT (upstream) DO UPDATE SET model = @model, answered_at = @now
        """;

    private const string FailedSql = """
        INSERT INTO model_status (upstream, model, last_failure, failed_at) VALUES (@upstream, @model, @code, @now)
        ON CONFLICT (upstream) DO UPDATE SET model = @model, last_failure = @code, failed_at = @now
        """;

    private const string ReadSql = "SELECT model, last_failure, failed_at, answered_at FROM model_status WHERE upstream = @upstream";

    private long lastWrite;

    /// <summary>Writes at most once a minute: a working model is asked often.</summary>
    public async Task AnsweredAsync(string model, CancellationToken ct)
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Read(ref lastWrite);
        if (last != 0 && time.GetElapsedTime(last, now) < WriteEvery)
        {
            return;
        }

        Interlocked.Exchange(ref lastWrite, now);
        await db.ExecuteAsync(
            AnsweredSql,
            new
            {
                upstream = LlmGateway.Upstream,
                model = Short(model, 128),
                now = time.GetUtcNow(),
            },
            ct
        );
    }

    public Task FailedAsync(string model, string code, CancellationToken ct)
    {
        Interlocked.Exchange(ref lastWrite, 0);
        return db.ExecuteAsync(
            FailedSql,
            new
            {
                upstream = LlmGateway.Upstream,
                model = Short(model, 128),
                code = Short(code, 64),
                now = time.GetUtcNow(),
            },
            ct
        );
    }

    public Task<ModelStatusRow?> ReadAsync(CancellationToken ct) =>
        db.FirstOrDefaultAsync<ModelStatusRow>(ReadSql, new { upstream = LlmGateway.Upstream }, ct);

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most];
}
