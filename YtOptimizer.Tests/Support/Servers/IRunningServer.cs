using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.Tests.Support.Servers;

/// <summary>A server to start as an ordinary process on loopback.</summary>
/// <param name="DataDirectory">Root of this application's data; the server keeps its own, versioned folder below it.</param>
/// <param name="PreferredPort">Port to listen on when it is free, or null for any free port.</param>
/// <param name="Password">Password of the server's superuser (Postgres: user <c>postgres</c>).</param>
/// <param name="ExtraArguments">Arguments, for example <c>-c shared_preload_libraries=pg_stat_statements</c>.</param>
/// <param name="Source">Where the binaries may come from.</param>
public sealed record ServerOptions(
    string DataDirectory,
    int? PreferredPort,
    string Password,
    IReadOnlyList<string> ExtraArguments,
    ServerSource Source = ServerSource.Any
);

/// <summary>A server process that is up. Disposing it stops it.</summary>
public interface IRunningServer : IAsyncDisposable
{
    /// <summary>Port on <see cref="Host"/>.</summary>
    int Port { get; }

    /// <summary>Always <c>127.0.0.1</c>.</summary>
    string Host { get; }

    int ProcessId { get; }

    /// <summary>Where the binaries came from, for example "system 15.18 at /usr/lib/postgresql/15/bin".</summary>
    string Source { get; }

    /// <summary>Completes with the exit code when the process has ended, for whatever reason.</summary>
    Task<int> Exited { get; }

    /// <summary>Whether the server accepts connections and answers now.</summary>
    Task<bool> IsHealthyAsync(CancellationToken cancellationToken);

    /// <summary>Asks the server to shut down cleanly and waits for it; kills it when <paramref name="cancellationToken"/> is
    /// cancelled.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
