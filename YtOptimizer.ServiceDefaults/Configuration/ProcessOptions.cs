using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.ServiceDefaults.Configuration;

/// <summary>How this process runs, whatever it does.</summary>
public sealed class ProcessOptions
{
    public const string Section = "Process";

    [Description("development, staging, production or test; ASPNETCORE_ENVIRONMENT wins")]
    public string? Environment { get; set; }

    [Description("port on which HTTP is served; ASPNETCORE_URLS wins")]
    [Range(1, 65535)]
    public int? Port { get; set; }

    [Description("port on which a background process serves its health endpoints; none is opened without it")]
    [Range(1, 65535)]
    public int? HealthPort { get; set; }

    [Description("error, warn, info, debug or trace")]
    [RegularExpression(
        "(?i)error|warn|warning|info|information|http|debug|verbose|silly|trace|fatal|critical|silent|none",
        ErrorMessage = "is not a log level"
    )]
    public string? LogLevel { get; set; }

    [Description("text or json; default text in Development, json elsewhere")]
    [RegularExpression("(?i)text|json", ErrorMessage = "is neither text nor json")]
    public string? LogFormat { get; set; }

    [Description(
        "seconds between the readiness probe turning red and the end of listening, so that a load balancer can move on; default 3 for "
            + "the API outside Development, else 0"
    )]
    [Range(0, 25)]
    public int? DrainSeconds { get; set; }
}
