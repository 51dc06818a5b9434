using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Auth;

/// <summary>The open sessions of the account, latest use first, at most 100.</summary>
internal static class ListSessions
{
    /// <param name="Id">For revoking it.</param>
    /// <param name="DeviceInfo">User agent at sign-in.</param>
    /// <param name="IpAddress">The network of the last use: /24 for IPv4, /64 for IPv6.</param>
    /// <param name="LastActivity">Last sign-in or refresh.</param>
    /// <param name="CreatedAt">Sign-in.</param>
    /// <param name="ExpiresAt">The session ends then if it is not used before.</param>
    /// <param name="IsCurrentSession">The session of this request.</param>
    public sealed record Item(
        Guid Id,
        string DeviceInfo,
        string? IpAddress,
        DateTime LastActivity,
        DateTime CreatedAt,
        DateTime ExpiresAt,
        bool IsCurrentSession
    );

    public sealed record Response(IReadOnlyList<Item> Sessions);

    private const string Sql = """
        SELECT id, user_agent, ip_address, last_used_at, created_at, least(idle_expires_at, expires_at) AS ends_at
        FROM sessions s
        WHERE user_id = @userId AND revoked_at IS NULL AND idle_expires_at > now() AND expires_at > now()
          AND token_version = (SELECT token_version FROM profiles WHERE id = @userId)
        ORDER BY last_used_at DESC, id DESC LIMIT 100
        """;

    public static async Task<Ok<Response>> Handle(CurrentUser user, Db db, CancellationToken ct)
    {
        var rows = await db.QueryAsync<Row>(Sql, new { userId = user.Id }, ct);
        return TypedResults.Ok(
            new Response([
                .. rows.Select(r => new Item(
                    r.Id,
                    r.UserAgent ?? "unknown device",
                    Network(r.IpAddress),
                    r.LastUsedAt,
                    r.CreatedAt,
                    r.EndsAt,
                    r.Id == user.SessionId
                )),
            ])
        );
    }

    // Enough to recognise one's own networks, too little to tell others where somebody lives.
    private static string? Network(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        var keep = address.AddressFamily == AddressFamily.InterNetwork ? 3 : 8;
        Array.Clear(bytes, keep, bytes.Length - keep);
        return $"{new IPAddress(bytes)}/{keep * 8}";
    }

    private sealed class Row
    {
        public Guid Id { get; set; }

        public string? UserAgent { get; set; }

        public IPAddress? IpAddress { get; set; }

        public DateTime LastUsedAt { get; set; }

        public DateTime CreatedAt { get; set; }

        public DateTime EndsAt { get; set; }
    }
}
