using System.Globalization;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace YtOptimizer.ServiceDefaults.Data;

/// <summary>
/// Where the cache is: StackExchange.Redis notation, a <c>redis://</c> or <c>rediss://</c> URL, or host, port and password apart.
/// Redis is optional: without an address no client is registered, and whoever uses one takes it as an optional constructor
/// parameter (<c>IConnectionMultiplexer? redis = null</c>) and works without.
/// </summary>
public static class RedisAddress
{
    /// <summary>Milliseconds for connecting and for each command: a cache that is slower than this is no help.</summary>
    public const int TimeoutMilliseconds = 500;

    /// <summary>StackExchange.Redis notation, or null when nothing is configured.</summary>
    public static string? Find(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration.GetConnectionString(ResourceNames.Cache) is { Length: > 0 } address)
        {
            return Normalize(address);
        }

        if (configuration["Redis:Host"] is not { Length: > 0 } host)
        {
            return null;
        }

        var options = new ConfigurationOptions { Password = configuration["Redis:Password"] };
        options.EndPoints.Add(host, int.TryParse(configuration["Redis:Port"], CultureInfo.InvariantCulture, out var port) ? port : 6379);
        return options.ToString(includePassword: true);
    }

    public static string Normalize(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss"))
        {
            return address.Trim();
        }

        var login = url.UserInfo.Split(':', 2);
        var options = new ConfigurationOptions { Ssl = url.Scheme == "rediss" };
        options.EndPoints.Add(url.Host, url.Port > 0 ? url.Port : 6379);
        if (login.Length == 2)
        {
            options.User = login[0].Length == 0 ? null : Uri.UnescapeDataString(login[0]);
            options.Password = Uri.UnescapeDataString(login[1]);
        }

        if (int.TryParse(url.AbsolutePath.Trim('/'), CultureInfo.InvariantCulture, out var database))
        {
            options.DefaultDatabase = database;
        }

        return options.ToString(includePassword: true);
    }

    /// <summary>Fail fast: a dead or slow cache costs half a second at most, and nothing queues up behind it.</summary>
    public static void Harden(ConfigurationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AbortOnConnectFail = false;
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, TimeoutMilliseconds);
        options.SyncTimeout = Math.Min(options.SyncTimeout, TimeoutMilliseconds);
        options.AsyncTimeout = Math.Min(options.AsyncTimeout, TimeoutMilliseconds);
        options.ConnectRetry = 1;
        options.KeepAlive = 10;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(1000);
    }
}
