using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Leases;

namespace YtOptimizer.Api.Features.Metrics;

/// <summary>Sends a test message at once, past the outbox, so that the answer tells whether it arrived.</summary>
internal static class TestAlert
{
    private static readonly TimeSpan CoolDown = TimeSpan.FromSeconds(60);

    public sealed record Response(bool Success, string Message, IReadOnlyList<string> Channels);

    /// <summary><paramref name="channel"/>: telegram, email or webhook; all configured ones without it.</summary>
    [Refuses(400, "unknown_channel")]
    [Refuses(429, "test_alert_cool_down")]
    [Refuses(502, "test_alert_not_delivered")]
    [Refuses(503, "alerts_not_configured")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        AlertChannels channels,
        Db db,
        CurrentUser user,
        string? channel,
        CancellationToken ct
    )
    {
        if (channel is not null && !AlertChannels.Names.Contains(channel, StringComparer.Ordinal))
        {
            return Problems.BadRequest(
                "unknown_channel",
                $"channel is one of {string.Join(", ", AlertChannels.Names)}; leave it out to try all that are configured."
            );
        }

        var wanted = channels.Configured.Where(c => channel is null || c == channel).ToArray();
        if (wanted.Length == 0)
        {
            return Problems.Create(
                503,
                "alerts_not_configured",
                (
                    channel is null
                        ? "No alert channel is configured for the API. "
                        : $"The channel {channel} is not configured for the API. "
                ) + AlertChannels.HowToConfigure
            );
        }

        if (!await FleetLease.TryTakeOnceAsync(db, "test-alert:" + (channel ?? "all"), CoolDown, ct))
        {
            return Problems.TooMany(
                "test_alert_cool_down",
                $"A test alert was sent less than {CoolDown.TotalSeconds:0} seconds ago. Look for it, then try again after the seconds "
                    + $"in Retry-After.",
                CoolDown
            );
        }

        await AuditTrail.AppendAsync(
            db,
            new AuditEntry("send_test_alert", "alert_channel")
            {
                EntityId = string.Join(',', wanted),
                ActorId = user.Id,
                ActorEmail = user.Email,
                ActorRole = user.Role,
            },
            ct
        );
        try
        {
            foreach (var name in wanted)
            {
                await channels.SendAsync(name, "Test alert", "This is a test by an administrator. Nothing is wrong.", "info", ct);
            }
        }
        catch (AlertSendException e)
        {
            return Problems.BadGateway("test_alert_not_delivered", e.Message + ". Check the channel's settings.");
        }

        return TypedResults.Ok(new Response(true, "Test alert sent through " + string.Join(", ", wanted) + ".", wanted));
    }
}
