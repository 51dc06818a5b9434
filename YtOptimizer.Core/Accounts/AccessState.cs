using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Accounts;

/// <summary>What <see cref="AccessState.Check"/> found.</summary>
public enum AccessDecision
{
    Granted,

    /// <summary>Signed out, locked, or the account changed since the token was issued.</summary>
    Revoked,

    /// <summary>This process has not heard from the database for too long to tell; answer 503.</summary>
    Unknown,
}

/// <summary>
/// Every change that invalidates access tokens still out there, in memory: checking a token costs two dictionary look-ups and no
/// round trip. Only changes as young as the longest possible token are kept. <see cref="RefreshAsync"/> reads what is new; a host
/// service calls it on NOTIFY, and <see cref="AccessPulse"/> looks every second.
/// </summary>
public sealed partial class AccessState(Db db, IOptions<AccountOptions> options, TimeProvider time) : IDisposable
{
    public const string Channel = "yto_access";

    // Changes and horizon come from one snapshot: a transaction that is open in it is looked at again next time.
    internal const string ReadSql = """
        SELECT json_build_object('horizon', pg_snapshot_xmin(pg_current_snapshot())::text, 'changes', (
            SELECT json_agg(c) FROM (
                SELECT id, user_id, session_id, token_version, role, blocked, carried_session, carried_from, created_at
                FROM access_changes WHERE xid >= @access_since::xid8) c))
        """;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // Issue times are whole seconds, and clocks of instances differ a little.
    private static readonly TimeSpan FreshToken = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, Profile> profiles = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> endedSessions = new();
    private readonly ConcurrentDictionary<Guid, CarriedSession> carriedSessions = new();
    private readonly ConcurrentDictionary<Guid, Watch> watches = new();
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Lock order = new();
    private string since = "0";
    private long refreshedAt;

    /// <summary>Where the next look begins: the parameter of <see cref="ReadSql"/>.</summary>
    internal string Since => Volatile.Read(ref since);

    /// <summary>Real time since the last successful look at the database; null before the first.</summary>
    public TimeSpan? Age => Volatile.Read(ref refreshedAt) is not 0 and var at ? Stopwatch.GetElapsedTime(at) : null;

    public AccessDecision Check(AccessIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        // A process that is cut off from the database must not go on honouring tokens that may be revoked by now.
        if (Age is not { } age || age > options.Value.AccessStateMaxAge)
        {
            return AccessDecision.Unknown;
        }

        return IsCurrent(identity) ? AccessDecision.Granted : AccessDecision.Revoked;
    }

    /// <summary>
    /// <see cref="Check"/>, with a second look at the database for a token younger than this process's last look: it may come from
    /// an instance that knows more (just signed in again, just promoted). Older tokens never cost a round trip. A process that has
    /// just started and never looked does so now.
    /// </summary>
    public async ValueTask<AccessDecision> CheckAsync(AccessIdentity identity, DateTimeOffset issuedAt, CancellationToken ct)
    {
        if (Age is null)
        {
            await LookFirstAsync(ct);
        }

        var decision = Check(identity);
        if (decision != AccessDecision.Revoked || Age is not { } age || time.GetUtcNow() - age > issuedAt + FreshToken)
        {
            return decision;
        }

        await RefreshAsync(ct);
        return Check(identity);
    }

    /// <summary>For connections that outlive a request: the token is cancelled as soon as the identity is revoked. Dispose when the
    /// connection ends.</summary>
    public Watch Follow(AccessIdentity identity)
    {
        var watch = new Watch(this, identity);
        watches[watch.Id] = watch;
        if (!IsCurrent(identity))
        {
            watch.Cancel();
        }

        return watch;
    }

    /// <summary>Takes in what changed since the last look. Concurrent calls queue up.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            await ReadAsync(ct);
        }
        finally
        {
            gate.Release();
        }
    }

    // One look for all requests that wait for the first.
    private async Task LookFirstAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (Age is null)
            {
                await ReadAsync(ct);
            }
        }
        catch (Exception error) when (error is DbException or TimeoutException)
        {
            // The answer stays unknown, which is 503; the pulse looks again within a second and reports the failure.
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        Apply(await db.ScalarAsync<string>(ReadSql, new { access_since = Since }, ct), started);
    }

    /// <summary>Takes in one answer to <see cref="ReadSql"/>. Answers may arrive in any order.</summary>
    /// <param name="answer">What the database said.</param>
    /// <param name="asked">Timestamp of <see cref="Stopwatch"/> before it was asked.</param>
    internal void Apply(string? answer, long asked)
    {
        if (answer is null || JsonSerializer.Deserialize<Answer>(answer, Json) is not { } read)
        {
            return;
        }

        // A session that is carried over must not look revoked in between.
        foreach (var change in (read.Changes ?? []).OrderBy(c => c.CarriedSession is null).ThenBy(c => c.Id))
        {
            Apply(change);
        }

        lock (order)
        {
            if (asked > refreshedAt)
            {
                Volatile.Write(ref since, read.Horizon);
                Volatile.Write(ref refreshedAt, asked);
            }
        }

        Forget();
        if (read.Changes is { Length: > 0 })
        {
            foreach (var watch in watches.Values.Where(w => !IsCurrent(w.Identity)))
            {
                watch.Cancel();
            }
        }
    }

    public void Dispose() => gate.Dispose();

    private bool IsCurrent(AccessIdentity identity) =>
        !endedSessions.ContainsKey(identity.SessionId)
        && (
            !profiles.TryGetValue(identity.UserId, out var profile)
            || (
                !profile.Blocked
                && profile.Role == identity.Role
                && (profile.TokenVersion == identity.TokenVersion || IsCarried(identity, profile))
            )
        );

    private bool IsCarried(AccessIdentity identity, Profile profile) =>
        carriedSessions.TryGetValue(identity.SessionId, out var carried)
        && carried.To == profile.TokenVersion
        && identity.TokenVersion >= carried.From
        && identity.TokenVersion <= carried.To;

    private void Apply(Change change)
    {
        if (change.SessionId is { } session)
        {
            endedSessions[session] = change.CreatedAt;
            return;
        }

        if (change is { CarriedSession: { } kept, CarriedFrom: { } from, TokenVersion: { } to })
        {
            // Before the profile's new version is known: the session must not look revoked in between.
            carriedSessions.AddOrUpdate(
                kept,
                _ => new CarriedSession(change.Id, from, to, change.CreatedAt),
                (_, known) =>
                    known.ChangeId >= change.Id
                        ? known
                        : new CarriedSession(change.Id, known.To == from ? known.From : from, to, change.CreatedAt)
            );
        }

        // Changes of one account are ordered by the row lock on its profile, so the higher id is the later state.
        profiles.AddOrUpdate(
            change.UserId,
            _ => Profile.Of(change),
            (_, known) => known.ChangeId >= change.Id ? known : Profile.Of(change)
        );
    }

    private void Forget()
    {
        var limit = time.GetUtcNow() - options.Value.AccessTokenLifetime - options.Value.ClockSkew - TimeSpan.FromHours(24);
        foreach (var (id, at) in endedSessions.Where(e => e.Value < limit))
        {
            endedSessions.TryRemove(new KeyValuePair<Guid, DateTimeOffset>(id, at));
        }

        foreach (var entry in carriedSessions.Where(e => e.Value.At < limit))
        {
            carriedSessions.TryRemove(entry);
        }

        foreach (var entry in profiles.Where(e => e.Value.At < limit))
        {
            profiles.TryRemove(entry);
        }
    }

    /// <summary>See <see cref="Follow"/>.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly AccessState owner;
        private readonly CancellationTokenSource source = new();

        internal Watch(AccessState owner, AccessIdentity identity)
        {
            this.owner = owner;
            Identity = identity;
            Revoked = source.Token;
        }

        internal Guid Id { get; } = Guid.CreateVersion7();

        public AccessIdentity Identity { get; }

        public CancellationToken Revoked { get; }

        public void Dispose()
        {
            owner.watches.TryRemove(Id, out _);
            source.Dispose();
        }

        internal void Cancel()
        {
            try
            {
                source.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The connection ended by itself in the same moment.
            }
        }
    }
}
