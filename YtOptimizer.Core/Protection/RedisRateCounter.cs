using StackExchange.Redis;

namespace YtOptimizer.Core.Protection;

/// <summary>
/// The counter of ordinary operation: per budget and caller a list of the accepted instants within the window, kept by one atomic script,
/// on the server's clock. Exact over any number of instances. Only commands that Redis 6.2, Valkey and Garnet share.
/// </summary>
internal static class RedisRateCounter
{
    // ARGV: limit, window in ms, floor = requests known from elsewhere (after an outage) that the list must at least hold.
    private const string Script = """
        local now = redis.call('TIME')
        local t = tonumber(now[1]) * 1000 + math.floor(tonumber(now[2]) / 1000)
        local limit, window, floor = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local stamp = string.format('%.0f', t)
        local n = redis.call('LLEN', KEYS[1])
        local head = redis.call('LINDEX', KEYS[1], 0)
        while head and tonumber(head) <= t - window do
            redis.call('LPOP', KEYS[1])
            n = n - 1
            head = redis.call('LINDEX', KEYS[1], 0)
        end
        while n < floor and n < limit do
            redis.call('RPUSH', KEYS[1], stamp)
            n = n + 1
        end
        local allowed = 0
        if n < limit then
            redis.call('RPUSH', KEYS[1], stamp)
            redis.call('PEXPIRE', KEYS[1], window)
            n = n + 1
            allowed = 1
        end
        head = redis.call('LINDEX', KEYS[1], 0)
        local wait = 0
        if head then wait = tonumber(head) + window - t end
        return {allowed, n, wait}
        """;

    public static async Task<RateDecision> TakeAsync(IDatabase redis, RateBudget budget, string caller, int floor)
    {
        var result = (RedisResult[])
            (await redis.ScriptEvaluateAsync(Script, [Key(budget, caller)], [budget.Limit, (long)budget.Window.TotalMilliseconds, floor]))!;
        return new RateDecision((int)result[0] == 1, (int)result[1], TimeSpan.FromMilliseconds(Math.Max(0, (long)result[2])));
    }

    internal static RedisKey Key(RateBudget budget, string caller) => $"rl:{budget.Name}:{caller}";
}
