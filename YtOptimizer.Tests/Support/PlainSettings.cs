using Microsoft.Extensions.Configuration;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Tests.Support;

/// <summary>Configuration in which the plain names of the runbook (TELEGRAM_BOT_TOKEN, …) fill the sections, as in every host.</summary>
internal static class PlainSettings
{
    public static IConfiguration Of(params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings);
        EnvironmentVariableMapSource.AddTo(configuration);
        return configuration;
    }
}
