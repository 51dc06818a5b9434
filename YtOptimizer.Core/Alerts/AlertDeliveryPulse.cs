using System.Text.Json;
using YtOptimizer.Core.Data.Pulse;

namespace YtOptimizer.Core.Alerts;

/// <summary>Keeps the state of the alerts' delivery at most five seconds old, for health.</summary>
public sealed class AlertDeliveryPulse(AlertDelivery delivery) : PulsePart("alert_delivery", TimeSpan.FromSeconds(5))
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public override string Sql => "SELECT row_to_json(d) FROM (" + AlertDelivery.Sql + ") d";

    public override void Take(string? answer, long asked)
    {
        if (answer is not null && JsonSerializer.Deserialize<AlertDelivery.State>(answer, Json) is { } state)
        {
            delivery.Take(state);
        }
    }
}
