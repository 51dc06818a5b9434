using System.Globalization;
using StackExchange.Redis;
using YtOptimizer.AppHost.Servers.Local;
using YtOptimizer.Tests.Support.Servers;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>What the application asks of its cache server.</summary>
internal static class CacheProbe
{
    public static async Task WorksAsync(IRunningServer server)
    {
        await using var connection = await ConnectAsync(server, ServerScratch.Password);
        var database = connection.GetDatabase();
        Assert.True(await database.StringSetAsync("key", "value", TimeSpan.FromMinutes(1)));
        Assert.Equal("value", await database.StringGetAsync("key"));
        Assert.Equal(7, (int)await database.ScriptEvaluateAsync("return 7"));
    }

    public static async Task RefusesWrongPasswordAsync(IRunningServer server) =>
        await Assert.ThrowsAnyAsync<RedisException>(() => ConnectAsync(server, "wrong-dummy"));

    private static async Task<ConnectionMultiplexer> ConnectAsync(IRunningServer server, string password) =>
        await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{server.Port.ToString(CultureInfo.InvariantCulture)},password={password},abortConnect=true,connectRetry=0,connectTimeout=3000");
}
