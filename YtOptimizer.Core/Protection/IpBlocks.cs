using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Upstreams.Http;

namespace YtOptimizer.Core.Protection;

/// <summary>
/// The blocks in force, in memory: refreshed when a notification says that <c>ip_rate_limits</c> changed, and by
/// <see cref="IpBlocksPulse"/> every two seconds anyway, so a row that an operator inserts by hand is in force everywhere within seconds.
/// When the database is away the last known blocks stay in force.
/// </summary>
public sealed partial class IpBlocks(
    Db db,
    TimeProvider clock,
    ILogger<IpBlocks> logger,
    [FromKeyedServices("ytoptimizer-direct")] NpgsqlDataSource? direct = null
) : BackgroundService
{
    private const string Channel = "yto_ip_blocks";
    private static readonly TimeSpan ListenRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(2);

    internal const string Sql = """
        SELECT json_agg(b) FROM (
            SELECT host(ip_address) AS address, masklen(ip_address) AS length, endpoint, reason, max(least(blocked_until,
                timestamptz '9999-12-31Z')) AS until
            FROM ip_rate_limits WHERE blocked_until > now() GROUP BY 1, 2, 3, 4) b
        """;

    private volatile Snapshot current = new([], []);

    private sealed record Row(string Address, int Length, string Endpoint, string? Reason, DateTimeOffset Until);

    private sealed record Block(IPNetwork Network, string? Budget, DateTimeOffset Until);

    /// <summary>Single addresses by value, networks in a list: nearly all blocks are single addresses.</summary>
    private sealed record Snapshot(Dictionary<IPAddress, List<Block>> Addresses, List<Block> Networks);

    /// <summary>
    /// Until when this address is blocked, or null. A row of the limiter blocks its own budget; every other row blocks everything.
    /// </summary>
    /// <param name="address">Normalised address of the caller.</param>
    /// <param name="budget">Name of the budget of the request.</param>
    public DateTimeOffset? BlockedUntil(IPAddress address, string? budget)
    {
        ArgumentNullException.ThrowIfNull(address);
        var snapshot = current;
        DateTimeOffset? until = null;
        if (snapshot.Addresses.TryGetValue(address, out var own))
        {
            until = Latest(own, budget, until);
        }

        foreach (var block in snapshot.Networks)
        {
            if (block.Network.Contains(address))
            {
                until = Latest([block], budget, until);
            }
        }

        return until > clock.GetUtcNow() ? until : null;
    }

    public async Task RefreshAsync(CancellationToken ct) => Apply(await db.ScalarAsync<string>(Sql, null, ct));

    /// <summary>Takes in one answer to <see cref="Sql"/>.</summary>
    internal void Apply(string? rows)
    {
        var snapshot = new Snapshot([], []);
        foreach (var row in rows is null ? [] : JsonSerializer.Deserialize<Row[]>(rows, JsonSerializerOptions.Web) ?? [])
        {
            var (address, masked) = (IPAddress.Parse(row.Address), row.Length);
            if (
                masked >= 96
                && WrappedAddresses.Unwrap(address) is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetwork } inner
                && !inner.Equals(address)
            )
            {
                (address, masked) = (inner, masked - 96);
            }

            // A single IPv6 address stands for its /64: that is what one subscriber has.
            var v6 = address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
            var length = v6 ? Math.Min(masked, 64) : masked;
            var block = new Block(
                Network(address, length),
                row.Reason == RateLimitLedger.LimiterReason && row.Endpoint != "*" ? row.Endpoint : null,
                row.Until
            );
            if (!v6 && length == 32)
            {
                (snapshot.Addresses.TryGetValue(address, out var list) ? list : snapshot.Addresses[address] = []).Add(block);
            }
            else
            {
                snapshot.Networks.Add(block);
            }
        }

        current = snapshot;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await (direct ?? db.DataSource).OpenConnectionAsync(stoppingToken);
                await using (var listen = new NpgsqlCommand("LISTEN " + Channel, connection))
                {
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                }

                while (true)
                {
                    await connection.WaitAsync(stoppingToken);
                    await TryRefreshAsync(stoppingToken);
                }
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                await Task.Delay(ListenRetry, clock, stoppingToken);
            }
        }
    }

    private static DateTimeOffset? Latest(List<Block> blocks, string? budget, DateTimeOffset? until)
    {
        foreach (var block in blocks)
        {
            if (
                (block.Budget is null || string.Equals(block.Budget, budget, StringComparison.Ordinal))
                && (until is null || block.Until > until)
            )
            {
                until = block.Until;
            }
        }

        return until;
    }

    private static IPNetwork Network(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var bits = Math.Clamp(length - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - bits));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    private async Task TryRefreshAsync(CancellationToken ct)
    {
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(QueryTimeout);
            await RefreshAsync(limit.Token);
        }
        catch (Exception exception)
            when (exception is NpgsqlException or TimeoutException
                || (exception is OperationCanceledException && !ct.IsCancellationRequested)
            )
        {
            Log.Stale(logger, exception.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "IP blocks could not be read ({Reason}); the last known ones stay in force")]
        public static partial void Stale(ILogger logger, string reason);
    }
}
