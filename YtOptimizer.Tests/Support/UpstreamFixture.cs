using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.VideoAnalysis;
using YtOptimizer.ServiceDefaults.Configuration;

namespace YtOptimizer.Tests.Support;

/// <summary>The product's core over a real database and scripted upstreams, without a web or worker host around it.</summary>
public sealed class UpstreamFixture : IAsyncLifetime
{
    private readonly List<IHost> hosts = [];

    internal TestDatabase Database { get; private set; } = null!;

    internal FakeUpstreams Upstreams { get; private set; } = null!;

    internal Db Db => Database.Db;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        Database = await TestDatabase.CreateAsync(ct);
        Upstreams = await FakeUpstreams.StartAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            host.Dispose();
        }

        await Upstreams.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Forgets what earlier tests left behind: scripts, calls, caches, breakers, ledgers.</summary>
    internal async Task ResetAsync()
    {
        foreach (
            var endpoint in (FakeEndpoint[])
                [Upstreams.OpenAi.Chat, Upstreams.OpenAi.Transcriptions, Upstreams.OpenAi.Images, Upstreams.YouTube, Upstreams.OEmbed]
        )
        {
            endpoint.Reset();
        }

        Upstreams.OpenAi.ResetBill();
        Upstreams.YouTube.Items.Clear();
        Upstreams.OEmbed.Default = FakeReply.Status(404);
        await Db.ExecuteAsync(
            "TRUNCATE upstream_states, model_status, upstream_usage, video_metadata_cache, suggestion_cache, suggestion_flights, "
                + "llm_calls, spend_counters, user_token_usage, user_content_preferences CASCADE",
            null,
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>One instance of the product's core; several over the same database are a fleet.</summary>
    internal IServiceProvider Instance(IReadOnlyDictionary<string, string?>? settings = null, TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var all = new Dictionary<string, string?>(Upstreams.Settings, StringComparer.OrdinalIgnoreCase)
        {
            ["OpenAi:FirstRetryDelay"] = "00:00:00.010",
            ["OpenAi:LongestRetryDelay"] = "00:00:00.050",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>())
        {
            all[name] = value;
        }

        builder.Configuration.AddInMemoryCollection(
            all.Where(setting => setting.Value is not null)
                .SelectMany(setting => KeysOf(setting.Key).Select(key => KeyValuePair.Create(key, setting.Value)))
        );
        builder.Services.AddSingleton(Database.DataSource);
        if (time is not null)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(time));
        }

        builder.Services.AddFakeLogging();
        builder.Services.AddDb();
        builder.AddAnalysis();
        var host = builder.Build();
        hosts.Add(host);
        return host.Services;
    }

    /// <summary>An account to spend tokens with.</summary>
    internal async Task<Guid> UserAsync(string? tier = "premium")
    {
        var id = Guid.CreateVersion7();
        var ct = TestContext.Current.CancellationToken;
        await Db.ExecuteAsync("INSERT INTO profiles (id, email) VALUES (@id, @email)", new { id, email = $"{id:N}@example.com" }, ct);
        if (tier is not null)
        {
            await Db.ExecuteAsync(
                """
                INSERT INTO user_subscriptions (user_id, tier) VALUES (@id, @tier::subscription_tier)
                ON CONFLICT (user_id) DO UPDATE SET tier = excluded.tier
                """,
                new { id, tier },
                ct
            );
        }

        return id;
    }

    private static IEnumerable<string> KeysOf(string name) =>
        EnvironmentVariableMap.All.Where(plain => plain.Name == name).Select(plain => plain.Key) is var keys && keys.Any() ? keys : [name];
}
