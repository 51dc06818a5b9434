using YtOptimizer.Tests.Support;
using YtOptimizer.Worker;

namespace YtOptimizer.Tests.Runbook;

/// <summary>
/// Alerts with everything as processes and failures brought about by real means. About a minute: run with
/// <c>dotnet test --project YtOptimizer.Tests -- --filter-class "*AlertFleetTests" --explicit on</c>.
/// </summary>
[Trait("suite", "slow")]
public sealed class AlertFleetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task SixPercentOfRealRequests_FourApisTwoWorkersAndAKilledSender_NoneLostAtMostOneDuplicate()
    {
        await using var telegram = await FakeTelegram.StartAsync();
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var apis = await ApiProcesses.StartAsync(4, database);
        var settings = ApiFixture.BaseSettings(database.ConnectionString, apis.JwtSecret);
        foreach (var (name, value) in telegram.Settings)
        {
            settings[name] = value;
        }

        (settings["Alerts:WindowSeconds"], settings["Alerts:EvaluateSeconds"], settings["Alerts:RecoverAfterSeconds"]) = ("15", "1", "5");
        await using var first = RunningProgram.Start("dotnet", [typeof(WorkerHost).Assembly.Location], settings);
        await Eventually.TrueAsync(
            async () => await database.Db.ScalarAsync<long>("SELECT count(*) FROM fleet_leases WHERE name = 'alerts'", null, Ct) == 1,
            "the first worker holds the lease"
        );
        await using var second = RunningProgram.Start("dotnet", [typeof(WorkerHost).Assembly.Location], settings);

        // The first message kills its sender before the answer: sent, and not noted.
        telegram.OnMessage = () =>
        {
            telegram.OnMessage = () => Task.CompletedTask;
            first.Kill();
            return Task.CompletedTask;
        };
        var user = await apis.CreateUserAsync();
        var clients = Enumerable.Range(0, 4).Select(i => apis.ClientFor(user.AccessToken, i)).ToList();
        await database.Db.ExecuteAsync("ALTER TABLE user_content_preferences RENAME TO hidden", null, Ct);
        await Eventually.TrueAsync(
            async () =>
            {
                await TrafficAsync(clients, failing: 6);
                return telegram.Messages.Any(message => message.Contains("% of", StringComparison.Ordinal));
            },
            "a message about 6 %",
            TimeSpan.FromSeconds(90)
        );

        await database.Db.ExecuteAsync("ALTER TABLE hidden RENAME TO user_content_preferences", null, Ct);
        await Eventually.TrueAsync(
            async () =>
            {
                await TrafficAsync(clients, failing: 0);
                return telegram.Messages.Any(message => message.Contains("Recovered", StringComparison.Ordinal));
            },
            "a message about the recovery: " + second.Output,
            TimeSpan.FromSeconds(90)
        );
        Assert.True(first.HasExited);
        Assert.InRange(
            telegram.Messages.Count(message =>
                message.Contains("Error rate", StringComparison.Ordinal) && !message.Contains("Recovered", StringComparison.Ordinal)
            ),
            1,
            2
        );
        Assert.Single(telegram.Messages, message => message.Contains("Recovered: Error rate", StringComparison.Ordinal));
        Assert.Equal(1L, await database.Db.ScalarAsync<long>("SELECT count(*) FROM alert_incidents WHERE kind = 'error_rate'", null, Ct));
        Assert.DoesNotContain("123456:dummy", second.Output + first.Output);
    }

    /// <summary>A hundred requests over all instances, of which so many ask for what fails.</summary>
    private static Task TrafficAsync(List<HttpClient> clients, int failing) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, 100),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = Ct },
            async (i, ct) =>
            {
                using var response = await clients[i % clients.Count]
                    .GetAsync(i < failing ? "/api/v1/user-preferences" : "/api/v1/auth/profile", ct);
            }
        );
}
