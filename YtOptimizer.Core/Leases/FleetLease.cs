using Npgsql;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Leases;

/// <summary>
/// A lease that one process of the fleet holds at a time, on the database's clock. Unlike a session advisory lock it works behind a
/// transaction pooler and passes on by itself when its holder dies.
/// </summary>
public sealed class FleetLease(Db db)
{
    private static readonly TimeSpan ReleaseTimeout = TimeSpan.FromSeconds(2);

    private const string AcquireSql = """
        INSERT INTO fleet_leases (name, holder, lease_until) VALUES (@name, @holder, now() + @length)
        ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, lease_until = EXCLUDED.lease_until
        WHERE fleet_leases.holder = EXCLUDED.holder OR fleet_leases.lease_until < now()
        """;

    private readonly Guid holder = Guid.CreateVersion7();

    /// <summary>Takes or prolongs the lease; false while another process holds it.</summary>
    public async Task<bool> TryHoldAsync(string name, TimeSpan length, CancellationToken ct) =>
        await db.ExecuteAsync(
            AcquireSql,
            new
            {
                name,
                holder,
                length,
            },
            ct
        ) == 1;

    /// <summary>Takes the lease for nobody in particular: within its length no caller of any process gets it again.</summary>
    public static async Task<bool> TryTakeOnceAsync(Db db, string name, TimeSpan length, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.ExecuteAsync(
                AcquireSql,
                new
                {
                    name,
                    holder = Guid.CreateVersion7(),
                    length,
                },
                ct
            ) == 1;
    }

    /// <summary>Gives the lease back, so that a successor need not wait for it to run out.</summary>
    public Task ReleaseAsync(string name, CancellationToken ct) =>
        db.ExecuteAsync("DELETE FROM fleet_leases WHERE name = @name AND holder = @holder", new { name, holder }, ct);

    /// <summary>The same at the end of a process: within two seconds, and without complaint, because the lease runs out by
    /// itself.</summary>
    public async Task TryReleaseAsync(string name)
    {
        using var limit = new CancellationTokenSource(ReleaseTimeout);
        try
        {
            await ReleaseAsync(name, limit.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or NpgsqlException)
        {
            // It runs out.
        }
    }
}
