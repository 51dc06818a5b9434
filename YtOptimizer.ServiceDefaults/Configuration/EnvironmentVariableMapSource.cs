using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;

namespace YtOptimizer.ServiceDefaults.Configuration;

/// <summary>
/// Answers configuration keys from the plain names of <see cref="EnvironmentVariableMap"/>, read live from the same configuration, so that
/// a plain name may stand in any source. Sits just below the environment: <c>Section__Key</c> and the command line win, appsettings lose.
/// </summary>
internal sealed class EnvironmentVariableMapSource(IConfiguration configuration) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new Provider(configuration);

    public static void AddTo(IConfigurationManager configuration)
    {
        if (configuration.Sources.Any(source => source is EnvironmentVariableMapSource))
        {
            return;
        }

        var environment = configuration
            .Sources.Select((source, index) => (source, index))
            .LastOrDefault(entry => entry.source is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        configuration.Sources.Insert(
            environment.source is null ? configuration.Sources.Count : environment.index,
            new EnvironmentVariableMapSource(configuration)
        );
    }

    private sealed class Provider(IConfiguration configuration) : ConfigurationProvider
    {
        public override bool TryGet(string key, out string? value)
        {
            foreach (var name in EnvironmentVariableMap.ByKey[key])
            {
                if (configuration[name.Name] is { } raw && !string.IsNullOrWhiteSpace(raw))
                {
                    value = name.Convert is null ? raw : name.Convert(raw);
                    if (value is not null)
                    {
                        return true;
                    }
                }
            }

            value = null;
            return false;
        }

        public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
        {
            var prefix = parentPath is null ? "" : parentPath + ConfigurationPath.KeyDelimiter;
            return EnvironmentVariableMap
                .ByKey.Where(group => group.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && TryGet(group.Key, out _))
                .Select(group => Segment(group.Key, prefix.Length))
                .Concat(earlierKeys)
                .Order(ConfigurationKeyComparer.Instance);
        }

        private static string Segment(string key, int start)
        {
            var end = key.IndexOf(ConfigurationPath.KeyDelimiter, start, StringComparison.Ordinal);
            return end < 0 ? key[start..] : key[start..end];
        }
    }
}
