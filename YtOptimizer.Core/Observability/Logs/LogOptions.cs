using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Observability.Logs;

/// <summary>How long stored logs are kept; read again at every run of the retention.</summary>
public sealed class LogOptions
{
    public const string Section = "Logs";

    [Description("days that rows of the logs are kept, a whole number from 1 to 3650")]
    [Range(1, 3650)]
    public int RetentionDays { get; set; } = 14;
}
