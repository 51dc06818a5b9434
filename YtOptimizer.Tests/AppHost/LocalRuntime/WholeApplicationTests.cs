using System.Diagnostics;
using System.Net;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.AppHost.LocalRuntime.RuntimeScratch;

namespace YtOptimizer.Tests.AppHost.LocalRuntime;

/// <summary>The real AppHost with the real programs and servers.</summary>
public sealed class WholeApplicationTests
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Application_TwoReplicasEach_StartsServesAndSurvivesCrashes()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(StartLimit);
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.YtOptimizer_AppHost>(["--Replicas:Api=2", "--Replicas:Worker=2"], limit.Token);
        await using var application = await builder.BuildAsync(limit.Token);
        await application.StartAsync(limit.Token);
        var api = await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Api, WaitBehavior.StopOnResourceUnavailable, limit.Token);
        await application.ResourceNotifications.WaitForResourceHealthyAsync(ResourceNames.Worker, WaitBehavior.StopOnResourceUnavailable, limit.Token);

        using var client = application.CreateHttpClient(ResourceNames.Api);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/health", UriKind.Relative), limit.Token)).StatusCode);

        // The migrations ran before anything that needs them.
        var database = await application.GetConnectionStringAsync(ResourceNames.Database, limit.Token);
        await using (var source = NpgsqlDataSource.Create(database!))
        {
            await using var command = source.CreateCommand("SELECT count(*) FROM supabase_migrations.schema_migrations");
            Assert.True((long)(await command.ExecuteScalarAsync(limit.Token))! > 0);

            // What serves users connects with the application's rights alone. (The worker's chores hold the owner's connection for themselves.)
            await using var logins = source.CreateCommand(
                "SELECT string_agg(DISTINCT usename::text, ',') FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name ILIKE '%api%'");
            Assert.Equal("ytoptimizer_service", await logins.ExecuteScalarAsync(limit.Token));
        }

        // The public port stays while one replica is gone and comes back.
        using (var process = Process.GetProcessById(api.ProcessId()))
        {
            process.Kill();
        }

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/alive", UriKind.Relative), limit.Token)).StatusCode);
        await application.StateAsync(api.ResourceId, s => s.Properties.Any(p => p.Name == "executable.pid" && !p.Value!.Equals(api.ProcessId())));
        await application.StateAsync(api.ResourceId, s => s.HealthStatus == HealthStatus.Healthy);

        // So does the address of the database.
        using (var process = Process.GetProcessById((await application.StateAsync(ResourceNames.Postgres, s => s.HealthStatus == HealthStatus.Healthy)).ProcessId()))
        {
            process.Kill();
        }

        await application.LineAsync(ResourceNames.Postgres, "postgres ended with exit code");
        await Eventually.TrueAsync(async () => (await client.GetAsync(new Uri("/health", UriKind.Relative), limit.Token)).StatusCode == HttpStatusCode.OK, "an answer with the database back");
        Assert.Equal(database, await application.GetConnectionStringAsync(ResourceNames.Database, limit.Token));
    }
}
