using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace YtOptimizer.ServiceDefaults.Hosting;

/// <summary>NODE_ENV and PORT, where the platform's own names (ASPNETCORE_ENVIRONMENT, ASPNETCORE_URLS) say nothing.</summary>
internal static class ProcessSettings
{
    public static void ApplyProcessSettings(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var named = configuration["ASPNETCORE_ENVIRONMENT"] ?? configuration["DOTNET_ENVIRONMENT"];
        if (named is null && builder.Environment.IsProduction() && EnvironmentName(configuration["Process:Environment"]) is { } environment)
        {
            builder.Environment.EnvironmentName = environment;
            configuration.AddJsonFile($"appsettings.{environment}.json", optional: true, reloadOnChange: false);
        }

        if (
            builder is WebApplicationBuilder
            && configuration[WebHostDefaults.ServerUrlsKey] is null
            && int.TryParse(configuration["Process:Port"], CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535
        )
        {
            configuration[WebHostDefaults.ServerUrlsKey] = string.Create(CultureInfo.InvariantCulture, $"http://+:{port}");
        }
    }

    private static string? EnvironmentName(string? value) =>
        value?.Trim().ToLowerInvariant() switch
        {
            null or "" => null,
            "dev" or "development" => Environments.Development,
            "stage" or "staging" => Environments.Staging,
            "prod" or "production" => Environments.Production,
            var other => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(other),
        };
}
