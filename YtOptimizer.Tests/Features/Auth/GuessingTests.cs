using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>One password tried on many accounts, with the budgets as they ship, behind a trusted proxy.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private ApiProcesses api = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Ct);
        api = await ApiProcesses.StartAsync(
            1,
            database,
            new Dictionary<string, string?>
            {
                ["TRUSTED_PROXIES"] = "127.0.0.1",
                ["RATE_LIMIT_MAX"] = "1000000",
                ["AUTH_RATE_LIMIT_MAX"] = "10",
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Spray_ThousandAccountsFromOneAddress_IsBlockedAndIsOneEventAndOneAlert()
    {
        const string Caller = "198.51.100.7";
        var answers = new List<HttpStatusCode>();
        foreach (var batch in Enumerable.Range(0, 1000).Chunk(4))
        {
            answers.AddRange(await Task.WhenAll(batch.Select(i => GuessAsync($"account-{i}@example.com", Caller))));
        }

        Assert.Equal(10, answers.Count(s => s == HttpStatusCode.Unauthorized));
        Assert.Equal(990, answers.Count(s => s == HttpStatusCode.TooManyRequests));
        await DetectAsync();
        Assert.Equal(10, await CountAsync("SELECT count(*)::int FROM security_events WHERE event_type = 'failed_login'"));
        Assert.Equal(
            1,
            await CountAsync(
                $"SELECT count(*)::int FROM security_events WHERE event_type = 'brute_force_attempt' AND action = 'password_spray' AND "
                    + $"severity = 'critical' AND ip_address = '{Caller}' AND (metadata->>'accounts')::int = 10"
            )
        );
        Assert.Equal(1, await AlertsAsync());
        Assert.Equal(0, await CountAsync("SELECT count(*)::int FROM security_events WHERE metadata::text LIKE '%@%'"));
    }

    [Fact]
    public async Task Guessing_FromManyAddresses_IsOneEventAndOneAlert()
    {
        foreach (var batch in Enumerable.Range(1, PasswordSprayDetector.Addresses + 10).Chunk(4))
        {
            await Task.WhenAll(batch.Select(i => GuessAsync($"account-{i % 20}@example.com", $"203.0.113.{i}")));
        }

        await DetectAsync();
        Assert.Equal(
            1,
            await CountAsync(
                "SELECT count(*)::int FROM security_events WHERE event_type = 'suspicious_activity' AND action = 'distributed_guessing' "
                    + "AND severity = 'critical'"
            )
        );
        Assert.Equal(1, await AlertsAsync());
    }

    [Fact]
    public async Task Guessing_OfOneOwnerOrFromOneSubscribersManyAddresses_IsToldApart()
    {
        // Somebody who mistypes: eight failures, one account.
        await InsertAsync("'192.0.2.9'::inet", "'aa'", 9);
        await DetectAsync();
        Assert.Equal(0, await CountAsync("SELECT count(*)::int FROM security_events WHERE event_type = 'brute_force_attempt'"));

        // One subscriber of IPv6 with an address for every try.
        await InsertAsync("('2001:db8:1:2::' || to_hex(n))::inet", "n::text", 9);
        await DetectAsync();
        Assert.Equal(
            1,
            await CountAsync(
                "SELECT count(*)::int FROM security_events WHERE event_type = 'brute_force_attempt' AND ip_address <<= '2001:db8:1:2::/64'"
            )
        );
    }

    private async Task<HttpStatusCode> GuessAsync(string email, string caller)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
            {
                Content = JsonContent.Create(new { email, password = "one-Password-For-All" }),
            };
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", caller);
            using var response = await api.Clients[0].SendAsync(request, Ct);

            // All hashing places taken: nothing was tried.
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return response.StatusCode;
            }
        }
    }

    private Task<int> InsertAsync(string address, string account, int count) =>
        database.Db.ExecuteAsync(
            $"INSERT INTO security_events (event_type, status, ip_address, metadata) SELECT 'failed_login', 'failure', {address}, "
                + $"jsonb_build_object('account', {account}) FROM generate_series(1, {count}) n",
            null,
            Ct
        );

    // As all instances do, at the same time and again.
    private async Task DetectAsync()
    {
        var detector = new PasswordSprayDetector(database.Db);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => detector.DetectAsync(Ct)));
        await detector.DetectAsync(Ct);
    }

    /// <summary>Messages that two evaluators of the fleet queue for the finding.</summary>
    private async Task<int> AlertsAsync()
    {
        for (var evaluator = 0; evaluator < 2; evaluator++)
        {
            await using var services = new ServiceCollection()
                .AddSingleton(PlainSettings.Of([new("ALERT_WEBHOOK_URL", "http://127.0.0.1:1/alerts")]))
                .AddLogging()
                .AddSingleton(database.DataSource)
                .AddDb()
                .AddAlerts()
                .BuildServiceProvider();
            for (var look = 0; look < 3; look++)
            {
                await services.GetRequiredService<AlertEvaluator>().EvaluateAsync(Ct);
            }
        }

        Assert.Equal(
            1,
            await CountAsync(
                "SELECT count(*)::int FROM alert_incidents WHERE kind = 'password_guessing' AND severity = 'critical' AND "
                    + "recovered_at IS NULL"
            )
        );
        return await CountAsync(
            "SELECT count(*)::int FROM alert_outbox WHERE channel = 'webhook' AND body LIKE '%guessing%' OR title LIKE '%guessing%'"
        );
    }

    private Task<int> CountAsync(string sql) => database.Db.ScalarAsync<int>(sql, null, Ct)!;
}
