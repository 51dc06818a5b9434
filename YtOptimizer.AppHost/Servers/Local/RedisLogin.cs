using StackExchange.Redis;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Checks a cache server by writing: Garnet with a broken storage device answers PING and dies at the first write.</summary>
internal static class RedisLogin
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static async Task<bool> TryAsync(int port, string password, CancellationToken ct)
    {
        // Cheap: the client library takes seconds to give up on a closed port.
        if (LoopbackPorts.IsFree(port))
        {
            return false;
        }

        var options = new ConfigurationOptions
        {
            EndPoints = { { "127.0.0.1", port } },
            Password = password,
            AbortOnConnectFail = true,
            ConnectRetry = 0,
            ConnectTimeout = (int)Limit.TotalMilliseconds,
            AsyncTimeout = (int)Limit.TotalMilliseconds,
            ClientName = "ytoptimizer-launcher",
        };
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options).WaitAsync(ct);
            return await connection.GetDatabase().StringSetAsync("ytoptimizer:launcher:health", "1", Limit).WaitAsync(ct);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return false;
        }
    }
}
