using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.ServiceDefaults.Data;

/// <summary>The addresses of the servers, checked at start together with all other settings.</summary>
public sealed class ServerAddresses
{
    /// <summary>
    /// Fills <c>ConnectionStrings</c> from the plain names (<c>DATABASE_URL</c>, <c>REDIS_HOST</c>, …), for a program that hands the
    /// addresses to others. What is there already stays.
    /// </summary>
    public static void Resolve(IConfigurationManager configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        using var named = Named(configuration);
        Set(ResourceNames.Database, named.GetConnectionString(ResourceNames.Database));
        Set(ResourceNames.DatabaseDirect, named.GetConnectionString(ResourceNames.DatabaseDirect));
        Set(ResourceNames.Cache, RedisAddress.Find(named));

        void Set(string name, string? address)
        {
            if (!string.IsNullOrWhiteSpace(address) && string.IsNullOrWhiteSpace(configuration.GetConnectionString(name)))
            {
                configuration["ConnectionStrings:" + name] = address;
            }
        }
    }

    /// <summary>Whether the address of a database is set, under any of its names.</summary>
    public static bool IsConfigured(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        using var named = Named(configuration);
        return !string.IsNullOrWhiteSpace(named.GetConnectionString(ResourceNames.Database));
    }

    private static ConfigurationManager Named(IConfiguration configuration)
    {
        var named = new ConfigurationManager();
        named.Sources.Add(new EnvironmentVariableMapSource(configuration));
        named.AddConfiguration(configuration);
        return named;
    }

    internal sealed class Check(IConfiguration configuration) : IValidateOptions<ServerAddresses>
    {
        private const string Why = "the PostgreSQL server that keeps everything, postgresql://name:password@host:5432/database";

        public ValidateOptionsResult Validate(string? name, ServerAddresses options)
        {
            var failures = new List<string>();
            foreach (var connection in (string[])[ResourceNames.Database, ResourceNames.DatabaseDirect])
            {
                var key = "ConnectionStrings:" + connection;
                var address = configuration[key];
                if (!string.IsNullOrWhiteSpace(address))
                {
                    try
                    {
                        DatabaseAddress.Normalize(address);
                    }
                    catch (Exception exception) when (exception is FormatException or ArgumentException)
                    {
                        failures.Add(
                            SettingMessage.Invalid(
                                key,
                                exception is FormatException ? exception.Message : "a parameter of the address is not known or not valid",
                                Why
                            )
                        );
                    }
                }
                else if (connection == ResourceNames.Database)
                {
                    failures.Add(SettingMessage.Missing(key, Why));
                }
            }

            return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
        }
    }
}
