using System.Globalization;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Decides which PostgreSQL binaries to use.</summary>
internal static class PostgresSource
{
    public static async Task<PostgresInstallation> ChooseAsync(
        ServerSource source, string dataDirectory, IProgress<string> progress, CancellationToken ct)
    {
        var tried = new List<string>();
        var kept = MajorsWithData(dataDirectory);
        if (source != ServerSource.Package)
        {
            var found = await PostgresSearch.FindAsync(await UnixUser.ForServerAsync("", ct), tried, ct);

            // Data of an earlier start decides between several versions, and is never left behind for an empty database without a word.
            var choice = found.Find(i => kept.Contains(i.Major));
            if (choice is null && source == ServerSource.Any && kept.Count > 0 && !kept.Contains(PostgresPackage.Major))
            {
                throw new ServerStartException(
                    $"The data in {dataDirectory} was made by PostgreSQL {string.Join(" and ", kept)}, which is not on this machine " +
                        $"(found: {(found.Count == 0 ? "none" : string.Join(", ", found.Select(i => i.Version)))}). "
                    + $"Install it (apt-get install postgresql-{kept[^1]}, brew install postgresql@{kept[^1]}), or set YTO_DATA_DIR to " +
                        $"another folder to begin with an empty database.");
            }

            choice ??= kept.Contains(PostgresPackage.Major) && source == ServerSource.Any ? null : found.FirstOrDefault();
            if (choice is not null)
            {
                return choice;
            }
        }

        if (source != ServerSource.Installed)
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
            $"No PostgreSQL to run on ({string.Join("; ", tried)}). Set ConnectionStrings__ytoptimizer (or DATABASE_URL) to a PostgreSQL " +
                $"15 or later, "
            + "or install one (apt-get install postgresql, brew install postgresql@18, winget install PostgreSQL.PostgreSQL.18), or " +
                "point PGBIN at its bin folder, "
            + $"or allow the download of the package (proxy in HTTPS_PROXY, mirror in npm_config_registry).");
    }

    private static List<int> MajorsWithData(string dataDirectory) =>
        [.. Directory.EnumerateDirectories(dataDirectory, "pg*")
            .Where(home => File.Exists(Path.Combine(home, "data", "PG_VERSION")))
            .Select(home => int.TryParse(Path.GetFileName(home).AsSpan(2), CultureInfo.InvariantCulture, out var major) ? major : 0)
            .Where(major => major > 0)
            .Order()];
}
