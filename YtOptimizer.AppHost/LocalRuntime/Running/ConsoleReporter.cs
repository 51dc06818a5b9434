using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Spectre.Console;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>Merges the output of all resources on the console, says what is still starting, and prints the links when all is up.</summary>
internal sealed partial class ConsoleReporter : IAsyncDisposable
{
    private static readonly string[] Colors = ["32", "36", "35", "33", "34", "92", "96", "95"];
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(10);

    private readonly DistributedApplication _application;
    private readonly Orchestrator _orchestrator;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, Task> _logs = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly bool _colored = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
    private readonly int _width;
    private readonly Task _watching, _reporting;
    private readonly long _started;
    private int _notesShown;
    private bool _ready;

    private ConsoleReporter(DistributedApplication application)
    {
        _application = application;
        _orchestrator = application.Services.GetRequiredService<Orchestrator>();
        _time = application.Services.GetRequiredService<TimeProvider>();
        _started = _time.GetTimestamp();
        _width = application.Services.GetRequiredService<DistributedApplicationModel>().Resources.Max(r => r.Name.Length) + 2;
        _watching = WatchAsync();
        _reporting = ReportProgressAsync();
    }

    public static ConsoleReporter Attach(DistributedApplication application) => new(application);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll([_watching, _reporting, .. _logs.Values]);
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var change in _application.ResourceNotifications.WatchAsync(_stop.Token))
            {
                if (change.Resource is ContainerResource or ProjectResource)
                {
                    _ = _logs.GetOrAdd(change.ResourceId, PrintLogsAsync);
                }

                PrintNotes();
                if (!_ready && !_orchestrator.Supervisors.Any(IsPending))
                {
                    _ready = true;
                    PrintTable();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    private async Task PrintLogsAsync(string id)
    {
        var color = Colors[(int)((uint)string.GetHashCode(id, StringComparison.Ordinal) % Colors.Length)];
        if (_orchestrator.Supervisors.Select((s, i) => (s.Id, Index: i)).FirstOrDefault(s => string.Equals(s.Id, id, StringComparison.Ordinal)) is { Id: not null } found)
        {
            color = Colors[found.Index % Colors.Length];
        }

        try
        {
            var logs = _application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(id);
            await foreach (var batch in logs.WithCancellation(_stop.Token))
            {
                lock (_lock)
                {
                    foreach (var line in batch)
                    {
                        var prefix = $"{id.PadRight(_width)} | ";
                        Console.Out.WriteLine(_colored ? $"\e[{color}m{prefix}\e[0m{line.Content}" : prefix + AnsiCodes().Replace(line.Content, string.Empty));
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    private async Task ReportProgressAsync()
    {
        try
        {
            while (!_ready)
            {
                await Task.Delay(ProgressInterval, _time, _stop.Token);
                var pending = _orchestrator.Supervisors.Where(IsPending).Select(s => $"{s.Id} ({StateOf(s)})").ToList();
                if (pending.Count > 0)
                {
                    Print($"Still starting after {_time.GetElapsedTime(_started).TotalSeconds:0} s: {string.Join(", ", pending)}");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    private void PrintNotes()
    {
        for (var notes = _orchestrator.Notes; _notesShown < notes.Count; _notesShown++)
        {
            Print(notes[_notesShown]);
        }
    }

    private void Print(string text)
    {
        lock (_lock)
        {
            Console.Out.WriteLine(_colored ? $"\e[1m{text}\e[0m" : text);
        }
    }

    private void PrintTable()
    {
        // A file has no width; the default of 80 would break the links.
        AnsiConsole.Profile.Width = Console.IsOutputRedirected ? 160 : AnsiConsole.Profile.Width;
        var table = new Table().RoundedBorder().AddColumns("Resource", "State", "Links");
        var linked = new HashSet<IResource>();
        foreach (var supervisor in _orchestrator.Supervisors.Where(s => s.Resource is not ParameterResource { IsConnectionString: false } && !s.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()))
        {
            if (_application.ResourceNotifications.TryGetCurrentState(supervisor.Id, out var current))
            {
                // Replicas share their links.
                var urls = linked.Add(supervisor.Resource) ? current.Snapshot.Urls : [];
                var links = urls.Select(u => u.DisplayProperties.DisplayName is { Length: > 0 } name ? $"{u.Url}  {name}" : u.Url);
                table.AddRow(Markup.Escape(supervisor.Id), Markup.Escape(StateOf(supervisor)), Markup.Escape(string.Join('\n', links)));
            }
        }

        lock (_lock)
        {
            AnsiConsole.Write(table);
            Console.Out.WriteLine($"Ready after {_time.GetElapsedTime(_started).TotalSeconds:0.0} s. Data: {_orchestrator.Options.DataDirectory}. Ctrl-C ends everything.");
        }
    }

    private bool IsPending(ResourceSupervisor supervisor)
        => !supervisor.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()
            && (!_application.ResourceNotifications.TryGetCurrentState(supervisor.Id, out var current)
                || (current.Snapshot.HealthStatus != HealthStatus.Healthy
                    && current.Snapshot.State?.Text is not KnownResourceStates.Unavailable
                    && !(current.Snapshot.State?.Text.Is(KnownResourceStates.Finished) == true && current.Snapshot.ExitCode == 0)));

    private string StateOf(ResourceSupervisor supervisor)
        => !_application.ResourceNotifications.TryGetCurrentState(supervisor.Id, out var current) ? "?"
            : current.Snapshot.HealthStatus is { } health && health != HealthStatus.Healthy ? $"{current.Snapshot.State?.Text}, {health}"
            : current.Snapshot.State?.Text ?? "?";

    [GeneratedRegex(@"\e\[[0-9;]*m", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AnsiCodes();
}
