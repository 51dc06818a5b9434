using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.ServiceDefaults.Logging;

internal static class LoggingSetup
{
    /// <summary>Console in one of the two formats (text in Development or with LOG_FORMAT=text, JSON elsewhere), correlation and request
    /// lines.</summary>
    public static void AddLogFormats(this IHostApplicationBuilder builder)
    {
        // Lowest of all sources: any other setting of a level wins.
        builder.Configuration.Sources.Insert(
            0,
            new MemoryConfigurationSource
            {
                InitialData = LogLevels
                    .QuietCategories.Select(category => new KeyValuePair<string, string?>(
                        "Logging:LogLevel:" + category,
                        nameof(LogLevel.Warning)
                    ))
                    // A failure to start is explained once, by the entry point; services that die at run time are logged as critical.
                    .Append(new("Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host", nameof(LogLevel.Critical)))
                    // An absent cache would be an ERROR every second; the health monitor says it once, when it changes.
                    .Append(new("Logging:LogLevel:StackExchange.Redis", nameof(LogLevel.Critical))),
            }
        );
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole();
        builder.Logging.AddConsoleFormatter<LineFormatter, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<JsonLineFormatter, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();
        builder
            .Services.AddOptions<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>()
            .PostConfigure<IConfiguration, IHostEnvironment>(
                (options, configuration, environment) =>
                {
                    var text = configuration["Process:LogFormat"] is { } format
                        ? format.Equals("text", StringComparison.OrdinalIgnoreCase)
                        : environment.IsDevelopment();
                    options.FormatterName = text ? LineFormatter.FormatterName : JsonLineFormatter.FormatterName;
                }
            );
        builder.Services.AddTransient<IStartupFilter, RequestLogFilter>();
        builder.Services.TryAddSingleton(TimeProvider.System);
    }
}
