using System.Net;
using System.Net.Sockets;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Core.Protection;

/// <summary>
/// Blocking and unblocking addresses by hand, from the API or the command line: the ledger row, the audit entry and the security event in
/// one transaction. Instances hear of it by the table's notification.
/// </summary>
public static class AddressBlocks
{
    /// <summary>Reads an address or network ("203.0.113.7", "2001:db8::1", "203.0.113.0/24"); null when it is none or would block
    /// everybody.</summary>
    public static string? Parse(string? text)
    {
        text = text?.Trim();
        if (
            IPAddress.TryParse(text, out var address)
            && text!.Contains(address.AddressFamily == AddressFamily.InterNetwork ? '.' : ':', StringComparison.Ordinal)
        )
        {
            // "1" and "1.2" parse as addresses, but nobody means them.
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString()
                : address.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') != 3 ? null
                : Plain(address);
        }

        return
            IPNetwork.TryParse(text, out var network)
            && network.PrefixLength >= (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 8 : 16)
            ? network.ToString()
            : null;
    }

    /// <summary>Whether a block of this parsed address or network would meet this caller; a single IPv6 address stands for its
    /// /64.</summary>
    public static bool Covers(string address, IPAddress caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        var text = Subscriber(address);
        return IPNetwork.TryParse(text, out var network)
            ? network.Contains(caller)
            : IPAddress.TryParse(text, out var single) && single.Equals(caller);
    }

    public static Task<DateTimeOffset> BlockAsync(
        Db db,
        string address,
        TimeSpan duration,
        string reason,
        Actor actor,
        RequestOrigin origin,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.InTransactionAsync(
            async scope =>
            {
                var until = new DateTimeOffset(
                    DateTime.SpecifyKind(
                        await scope.ScalarAsync<DateTime>(
                            RateLimitLedger.BlockSql,
                            new
                            {
                                address,
                                duration,
                                reason,
                            }
                        ),
                        DateTimeKind.Utc
                    )
                );
                await RecordAsync(scope, "manual_block", address, actor, origin, reason, new { blockedUntil = until });
                return until;
            },
            ct
        );
    }

    /// <summary>Removes every row of the address; the number of rows, 0 when it was not in the ledger.</summary>
    public static Task<int> UnblockAsync(Db db, string address, Actor actor, RequestOrigin origin, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.InTransactionAsync(
            async scope =>
            {
                var removed = await scope.ExecuteAsync(RateLimitLedger.UnblockSql, new { address, network = Subscriber(address) });
                if (removed > 0)
                {
                    await RecordAsync(scope, "manual_unblock", address, actor, origin, null, null);
                }

                return removed;
            },
            ct
        );
    }

    private static async Task RecordAsync(
        DbScope scope,
        string action,
        string address,
        Actor actor,
        RequestOrigin origin,
        string? reason,
        object? values
    )
    {
        await AuditTrail.AppendAsync(
            scope,
            new AuditEntry(action, "ip_address")
            {
                EntityId = address,
                ActorId = actor.Id,
                ActorEmail = actor.Email,
                ActorRole = actor.Role,
                SessionId = actor.SessionId,
                IpAddress = origin.Address,
                UserAgent = origin.UserAgent,
                RequestId = origin.RequestId,
                Reason = reason,
                NewValues = values,
            }
        );
        await SecurityEvents.RecordAsync(
            scope,
            new SecurityEvent(SecurityEventTypes.AdminAccess)
            {
                Action = action,
                Severity = "high",
                ResourceType = "ip_address",
                ResourceId = address,
                UserId = actor.Id,
                IpAddress = origin.Address,
                UserAgent = origin.UserAgent,
                RequestId = origin.RequestId,
            }
        );
    }

    /// <summary>The limiter writes IPv6 addresses as their /64: unblocking one of them means that row too.</summary>
    private static string Subscriber(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = parsed.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes) + "/64";
    }

    private static string Plain(IPAddress address) =>
        address.ScopeId() == 0 ? address.ToString() : new IPAddress(address.GetAddressBytes()).ToString();

    private static long ScopeId(this IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? address.ScopeId : 0;
}
