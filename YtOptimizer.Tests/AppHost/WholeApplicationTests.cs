using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Data;
using YtOptimizer.Tests.Support;
using static YtOptimizer.Tests.AppHost.RunningApplication;

namespace YtOptimizer.Tests.AppHost;

/// <summary>The application as a developer runs it: what it serves, what operators do with it, and that nothing is lost when one of its
/// processes is killed.</summary>
public sealed partial class WholeApplicationTests(WholeApplication whole) : IClassFixture<WholeApplication>
{
    /// <summary>For what comes back after a crash while other tests crowd the machine.</summary>
    private static readonly TimeSpan Return = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Start_TwoReplicasEach_ServesAfterTheMigrations()
    {
        Assert.Equal(HttpStatusCode.OK, (await whole.Client.GetAsync(new Uri("/health", UriKind.Relative), Token)).StatusCode);
        Assert.True(await whole.ScalarAsync<long>("SELECT count(*) FROM supabase_migrations.schema_migrations") > 0);

        // What serves users connects with the application's rights alone. (The worker's chores hold the owner's connection for themselves.)
        Assert.Equal(
            "ytoptimizer_service",
            await whole.ScalarAsync<string>(
                "SELECT string_agg(DISTINCT usename::text, ',') FROM pg_stat_activity WHERE datname = current_database() AND "
                    + "application_name ILIKE '%api%'"
            )
        );
    }

    [Fact]
    public async Task Worker_KilledWithAJob_AnotherDoesItOnceAndTheKilledOneComesBack()
    {
        var job = await whole.SubmitAsync("aaaaaaaaaa1");
        var killed = int.Parse(
            (await whole.ScalarAsync<string>($"SELECT locked_by FROM job_queue WHERE id = '{job}'")).Split(':')[^2],
            CultureInfo.InvariantCulture
        );

        Kill(killed);

        await whole.CompletedAsync(job);
        Assert.Equal(1, await whole.ScalarAsync<long>($"SELECT count(*) FROM audits WHERE job_id = '{job}'"));
        await whole.Application.LineAsync(ResourceNames.Worker, "it is started again");
        await Eventually.TrueAsync(
            async () =>
                (await whole.Application.InstancesAsync(ResourceNames.Worker, 2)).TrueForAll(worker =>
                    worker.Snapshot.State?.Text == KnownResourceStates.Running
                ),
            "both workers run again",
            Return
        );
    }

    [Fact]
    public async Task Api_ReplicaKilled_ThePublicPortAnswersAndTheReplicaComesBack()
    {
        var replica = (await whole.Application.InstancesAsync(ResourceNames.Api, 2))[0];
        var program = Assert.Single(await ChildrenAsync(replica.ProcessId()!.Value));

        Kill(program);

        await Eventually.TrueAsync(
            async () => (await whole.Client.GetAsync(new Uri("/alive", UriKind.Relative), Token)).IsSuccessStatusCode,
            "the other replica answers"
        );
        await whole.Application.LineAsync(ResourceNames.Api, "it is started again");
        var again = await whole.Application.StateAsync(
            ResourceNames.Api,
            c =>
                c.ResourceId == replica.ResourceId
                && c.Snapshot.HealthStatus == HealthStatus.Healthy
                && c.ProcessId() is { } id
                && id != replica.ProcessId(),
            Return
        );
        Assert.Equal(KnownResourceStates.Running, again.Snapshot.State?.Text);
    }

    [Fact]
    public async Task Database_Killed_ComesBackAtTheSameAddressAndTheJobGoesOn()
    {
        var job = await whole.SubmitAsync("aaaaaaaaaa3");
        var server = Assert.Single(await whole.Application.InstancesAsync(ResourceNames.Postgres));

        Kill(Assert.Single(await ChildrenAsync(server.ProcessId()!.Value)));

        await whole.Application.LineAsync(ResourceNames.Postgres, "it is started again");
        await whole.CompletedAsync(job);
        await Eventually.TrueAsync(
            async () => (await whole.Client.GetAsync(new Uri("/health", UriKind.Relative), Token)).StatusCode == HttpStatusCode.OK,
            "an answer with the database back",
            Return,
            TimeSpan.FromMilliseconds(500)
        );
        Assert.Equal(whole.Database, await whole.Application.GetConnectionStringAsync(ResourceNames.Database, Token));
    }

    [Fact]
    public async Task Command_Promote_MakesAnAdministratorByTheWorkersVerb()
    {
        var commands = whole.Application.Services.GetRequiredService<ResourceCommandService>();
        var api = (await whole.Application.InstancesAsync(ResourceNames.Api, 2))[0];

        // Another account: a new role ends the sessions of its owner.
        const string Promoted = "promoted@example.com";
        using var anonymous = whole.Application.CreateHttpClient(ResourceNames.Api);
        var registered = await anonymous.PostAsJsonAsync(
            "/api/v1/auth/register",
            new
            {
                email = Promoted,
                password = ApiFixture.Password,
                name = "Promoted",
            },
            Token
        );
        Assert.True(registered.IsSuccessStatusCode);

        // Nobody had to tell it an address or a password.
        var promoted = await RunAsync(("account", Promoted), ("role", "admin"));
        Assert.True(promoted.Success, promoted.Message);
        Assert.Equal("admin", await whole.ScalarAsync<string>($"SELECT role::text FROM profiles WHERE email = '{Promoted}'"));

        var unknown = await RunAsync(("account", "nobody@example.com"), ("role", "admin"));
        Assert.False(unknown.Success);
        Assert.Contains("There is no such account", unknown.Message, StringComparison.Ordinal);

        Task<ExecuteCommandResult> RunAsync(params (string Name, string Value)[] inputs) =>
            commands.ExecuteCommandAsync(
                api.ResourceId,
                "promote",
                new InteractionInputCollection([
                    .. inputs.Select(i => new InteractionInput
                    {
                        Name = i.Name,
                        InputType = InputType.Text,
                        Value = i.Value,
                    }),
                ]),
                Token
            );
    }

    [Theory]
    [InlineData(ResourceNames.Worker, "run-doctor", "database")]
    [InlineData(ResourceNames.Worker, "send-test-alert", "")]
    [InlineData(ResourceNames.Migrations, "apply-migrations", "up to date")]
    [InlineData(ResourceNames.Database, "psql", "psql \"postgresql://postgres:")]
    public async Task Command_OfAResource_Answers(string resource, string command, string expected)
    {
        var instance = (await whole.Application.InstancesAsync(resource))[0];

        var result = await whole
            .Application.Services.GetRequiredService<ResourceCommandService>()
            .ExecuteCommandAsync(instance.ResourceId, command, Token);

        Assert.True(result.Success || command == "send-test-alert", result.Message);
        Assert.Contains(expected, result.Data?.Value ?? result.Message ?? "", StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void LocalApplication_WhileItRuns_IsFoundAndIsForItsOwnerOnly()
    {
        var file = Path.Combine(whole.DataDirectory, "application.json");

        var found = Assert.IsType<LocalApplication>(LocalApplication.Find(whole.DataDirectory, AppContext.BaseDirectory));

        Assert.Equal(whole.Database, found.Settings["ConnectionStrings:ytoptimizer"]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }
}
