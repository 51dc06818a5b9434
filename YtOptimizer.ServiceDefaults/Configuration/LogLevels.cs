using Microsoft.Extensions.Logging;

namespace YtOptimizer.ServiceDefaults.Configuration;

/// <summary>LOG_LEVEL in the words operators know (error, warn, info, debug …) and the levels that follow from it.</summary>
internal static class LogLevels
{
    /// <summary>Framework categories that say little at Information and may repeat URLs; they stay one step quieter.</summary>
    public static readonly string[] QuietCategories =
    [
        "Microsoft.AspNetCore",
        "Microsoft.Extensions.Http",
        "System.Net.Http",
        "Polly",
        "Npgsql",
    ];

    public static LogLevel? Parse(string? value) =>
        value?.Trim().ToLowerInvariant() switch
        {
            "error" => LogLevel.Error,
            "warn" or "warning" => LogLevel.Warning,
            "info" or "information" or "http" => LogLevel.Information,
            "debug" => LogLevel.Debug,
            "verbose" or "silly" or "trace" => LogLevel.Trace,
            "fatal" or "critical" => LogLevel.Critical,
            "silent" or "none" => LogLevel.None,
            _ => null,
        };

    public static string? ToDotNet(string value) => Parse(value)?.ToString();

    /// <summary>Never below Warning, unless everything is asked for.</summary>
    public static string? ToDotNetQuiet(string value) =>
        Parse(value) switch
        {
            null => null,
            LogLevel.Trace => nameof(LogLevel.Trace),
            { } level => (level < LogLevel.Warning ? LogLevel.Warning : level).ToString(),
        };
}
