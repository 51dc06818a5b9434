using System.Globalization;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>How a PostgreSQL server is started on a cluster.</summary>
internal static class PostgresCommand
{
    // The orchestrator ends programs with SIGTERM, at which PostgreSQL waits for its clients; SIGINT is a clean shutdown at once.
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
    public static Task<(string File, List<string> Arguments)> ServerAsync(PostgresInstallation postgres, PostgresCluster cluster, int port,
        IReadOnlyList<string> extra) =>
        Setpriv.WrapAsync(cluster.User, "INT", postgres.Program("postgres"),
            ["-D", cluster.Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-h", "127.0.0.1", "-k", "", .. extra]);

    /// <summary>The same under a shell that turns SIGTERM into a fast shutdown; if the shell is killed, so is the server.</summary>
    public static async Task<IReadOnlyList<string>> SupervisedAsync(PostgresInstallation postgres, PostgresCluster cluster, int port,
        IReadOnlyList<string> extra)
    {
        if (cluster.User is not null && !await Setpriv.IsHereAsync())
        {
            throw new ServerStartException("PostgreSQL refuses to run as root, and setpriv, which starts it as another user, is missing. " +
                "Install util-linux, or start as an ordinary user.");
        }

        var (file, arguments) = await ServerAsync(postgres, cluster, port, extra);
        return OperatingSystem.IsWindows() ? ["/d", "/c", file, .. arguments] : ["-c", EndAtOnce, "postgres", file, .. arguments];
    }

    /// <summary>The program that <see cref="SupervisedAsync"/> gives the arguments for.</summary>
    public static string Shell => OperatingSystem.IsWindows() ? "cmd.exe" : "/bin/sh";
}
