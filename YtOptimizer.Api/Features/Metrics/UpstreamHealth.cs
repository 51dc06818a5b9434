using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>
/// Upstreams as the fleet last saw them: the circuit breaker's row, never a call of its own. They can only degrade, and an open circuit
/// whose pause has ended counts as fine again: nobody has asked since.
/// </summary>
internal abstract class UpstreamHealth(Db db) : IHealthCheck
{
    private const string Sql = """
        SELECT reason FROM upstream_states
        WHERE upstream = @upstream AND (state = 'open' AND open_until > now() OR state = 'half_open' AND trial_until > now())
        """;

    public abstract Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default);

    protected async Task<HealthCheckResult> OfCircuitAsync(string upstream, string meanwhile, CancellationToken ct)
    {
        var open = await db.QueryAsync<string?>(Sql, new { upstream }, ct);
        return open.Count == 0
            ? HealthCheckResult.Healthy("configured, circuit closed")
            : HealthCheckResult.Degraded($"circuit open ({open[0] ?? "failures"}): {meanwhile}");
    }
}

internal sealed class OpenAiHealth(Db db, IOptions<OpenAiOptions> options, ModelStatus status) : UpstreamHealth(db)
{
    public override Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        !options.Value.Enabled
            ? Task.FromResult(HealthCheckResult.Healthy("switched off by AI_ENABLED: suggestions come from cache and analyzer"))
        : !options.Value.IsConfigured ? Task.FromResult(HealthCheckResult.Healthy("not configured: suggestions come from the analyzer"))
        : OfModelAsync(cancellationToken);

    private async Task<HealthCheckResult> OfModelAsync(CancellationToken ct)
    {
        var circuit = await OfCircuitAsync("openai", "suggestions come from cache and analyzer", ct);
        var seen = await status.ReadAsync(ct);
        var described = $"{circuit.Description}; {(seen is null ? $"model {options.Value.Model}" : seen.Describe(options.Value.Model))}";
        return new HealthCheckResult(circuit.Status, described);
    }
}

internal sealed class YouTubeHealth(Db db, IOptions<YouTubeOptions> options) : UpstreamHealth(db)
{
    public override Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        options.Value.HasKey
            ? OfCircuitAsync("youtube", "metadata comes from cache and oEmbed", cancellationToken)
            : Task.FromResult(HealthCheckResult.Healthy("not configured: metadata comes from oEmbed and from what users send"));
}
