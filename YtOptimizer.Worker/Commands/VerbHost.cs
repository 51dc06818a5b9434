using System.CommandLine;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Spectre.Console;
using YtOptimizer.Core;
using YtOptimizer.Core.Alerts;
using YtOptimizer.Core.Backups;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Migrations;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Data;
using YtOptimizer.ServiceDefaults.Hosting;

namespace YtOptimizer.Worker.Commands;

/// <summary>
/// What verbs work with: the worker's services, built at first use and never started as a host, and two consoles (results on standard
/// output, everything else on standard error, so that <c>db pull &gt; file</c> holds nothing but the schema).
/// </summary>
internal sealed class VerbHost : IAsyncDisposable
{
    private IHost? host;

    /// <summary>A file has no width: nothing wraps there.</summary>
    private const int Unlimited = 10_000;

    public IAnsiConsole Output { get; init; } = Create(Console.Out, Console.IsOutputRedirected);

    public IAnsiConsole Error { get; init; } = Create(Console.Error, Console.IsErrorRedirected);

    public IServiceProvider Services => (host ??= Build()).Services;

    public IHostEnvironment Environment => Services.GetRequiredService<IHostEnvironment>();

    /// <summary>The connection without a pooler, for work that changes the schema.</summary>
    public NpgsqlDataSource Database
    {
        get
        {
            // The only setting every verb needs; the others are checked where they are used.
            _ = Services.GetRequiredService<IOptions<ServerAddresses>>().Value;
            return Services.GetRequiredKeyedService<NpgsqlDataSource>(ResourceNames.DatabaseDirect);
        }
    }

    /// <summary>Sets what a verb does. Failures that operators cause end in a sentence and exit code 1, everything else in a stack
    /// trace.</summary>
    public void Run(Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(
            async (parsed, ct) =>
            {
                try
                {
                    return await action(parsed, ct);
                }
                catch (OperationCanceledException) when (ct.IsCancellationRequested)
                {
                    return Fail("Stopped.");
                }
                catch (Exception exception) when (exception is MigrationException or BackupException or DatabaseUnavailableException)
                {
                    return Fail(exception.Message);
                }
                catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                {
                    return Fail($"{exception.Message} Check the path, the rights of this user and the room on the disk.");
                }
                catch (Exception exception) when (StartupFailure.Explain(exception) is { } text)
                {
                    return Fail(text);
                }
            }
        );

    public int Fail(string text)
    {
        Error.Write(new Text(text.TrimEnd() + System.Environment.NewLine, new Style(Color.Red)));
        return CommandLine.Failed;
    }

    public async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (redirected)
        {
            console.Profile.Width = Unlimited;
        }

        return console;
    }

    private static IHost Build()
    {
        var builder = Host.CreateApplicationBuilder();
        UseLocalApplication(builder);
        builder.AddServiceDefaults();
        builder.AddCore();
        builder.Services.AddAlerts();
        // Records would get between a verb's lines; what matters it prints itself.
        builder.Logging.ClearProviders();
        return builder.Build();
    }

    /// <summary>On a developer's machine, where no address is configured, verbs work on the application that runs from this
    /// checkout.</summary>
    private static void UseLocalApplication(HostApplicationBuilder builder)
    {
        if (
            !builder.Environment.IsDevelopment()
            || ServerAddresses.IsConfigured(builder.Configuration)
            || LocalApplication.Find(builder.Configuration[LocalApplication.DataVariable], AppContext.BaseDirectory) is not { } local
        )
        {
            return;
        }

        // Below everything else: what is set wins.
        builder.Configuration.Sources.Insert(
            0,
            new MemoryConfigurationSource
            {
                InitialData = local.Settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)),
            }
        );
    }
}
