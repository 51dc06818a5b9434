using System.Text.Json;
using YtOptimizer.Core.Data.Pulse;

namespace YtOptimizer.Core.Protection;

/// <summary>Finds security events that wait to be chained, and failed sign-ins that the detector of guessing should look at.</summary>
public sealed class SecurityPulse() : PulsePart("security", TimeSpan.FromSeconds(5))
{
    private Found found = new(false, false);

    /// <summary>Events wait for their place in the chain.</summary>
    public bool EventsWait => Volatile.Read(ref found).Unsealed;

    /// <summary>Somebody failed to sign in within the detector's ten minutes.</summary>
    public bool SignInsFailed => Volatile.Read(ref found).FailedLogins;

    public override string Sql =>
        """
            json_build_object('unsealed', has_unsealed_security_events(), 'failedLogins', EXISTS (
                SELECT 1 FROM security_events WHERE event_type = 'failed_login' AND created_at > now() - interval '10 minutes'))
            """;

    public override void Take(string? answer, long asked)
    {
        if (answer is not null && JsonSerializer.Deserialize<Found>(answer, JsonSerializerOptions.Web) is { } read)
        {
            Volatile.Write(ref found, read);
        }
    }

    private sealed record Found(bool Unsealed, bool FailedLogins);
}
