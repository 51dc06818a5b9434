using System.Globalization;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>How a PostgreSQL server is started on a cluster.</summary>
internal static class PostgresCommand
{
    // Whoever supervises us ends programs with SIGTERM, at which PostgreSQL waits for its clients; SIGINT lets it shut down at once, and cleanly.
    // Positional parameters are the command.
    private const string EndAtOnce = """
        "$@" 2>&1 & server=$!
        trap 'kill -INT "$server" 2>/dev/null' INT TERM HUP
        while :; do
          wait "$server"; code=$?
          kill -0 "$server" 2>/dev/null || exit "$code"
        done
        """;

    /// <summary>The server itself, on loopback only, as the account that owns the data.</summary>
    /// <param name="postgres">Its binaries.</param>
    /// <param name="cluster">Its data.</param>
    /// <param name="port">TCP port on 127.0.0.1; there is no Unix socket.</param>
    /// <param name="extra">More arguments, for example <c>-c shared_preload_libraries=pg_stat_statements</c>.</param>
    public static Task<(string File, List<string> Arguments)> ServerAsync(PostgresInstallation postgres, PostgresCluster cluster, int port, IReadOnlyList<string> extra) =>
        Setpriv.WrapAsync(cluster.User, "INT", postgres.Program("postgres"),
            ["-D", cluster.Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", "", .. extra]);

    /// <summary>The same under a shell that turns the supervisor's signal into a fast shutdown; if the shell is killed, the kernel shuts the server down.</summary>
    public static async Task<IReadOnlyList<string>> SupervisedAsync(PostgresInstallation postgres, PostgresCluster cluster, int port, IReadOnlyList<string> extra)
    {
        if (cluster.User is not null && !await Setpriv.IsHereAsync())
        {
            throw new ServerStartException("PostgreSQL refuses to run as root, and setpriv, which starts it as another user, is missing. Install util-linux, or start as an ordinary user.");
        }

        var (file, arguments) = await ServerAsync(postgres, cluster, port, extra);
        return OperatingSystem.IsWindows() ? ["/d", "/c", file, .. arguments] : ["-c", EndAtOnce, "postgres", file, .. arguments];
    }

    /// <summary>The program that <see cref="SupervisedAsync"/> gives the arguments for.</summary>
    public static string Shell => OperatingSystem.IsWindows() ? "cmd.exe" : "/bin/sh";
}
