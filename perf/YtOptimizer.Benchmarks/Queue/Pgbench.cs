using System.Globalization;
using System.Text.RegularExpressions;
using CliWrap;
using CliWrap.Buffered;
using YtOptimizer.Benchmarks.Rig;

namespace YtOptimizer.Benchmarks.Queue;

/// <summary>PostgreSQL's own load generator, where it is installed.</summary>
internal static partial class Pgbench
{
    private const string ClaimSql =
        "WITH c AS (SELECT id FROM limit_jobs WHERE state = 0 ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) UPDATE limit_jobs j SET state "
        + "= 1 FROM c WHERE j.id = c.id;";

    /// <summary>Claims per second of a table with nothing but an id and a state; null without pgbench.</summary>
    public static async Task<double?> SkipLockedAsync(Bench bench, TimeSpan length)
    {
        if (Find() is not { } program)
        {
            return null;
        }

        var database = await bench.NewDatabaseAsync(migrate: false);
        await Bench.ExecuteAsync(
            database,
            "CREATE TABLE limit_jobs (id bigint PRIMARY KEY, state int NOT NULL); INSERT INTO limit_jobs SELECT i, 0 FROM "
                + "generate_series(1, 400000) i; CREATE INDEX ON limit_jobs (id) WHERE state = 0; ANALYZE limit_jobs"
        );
        var script = Path.GetTempFileName();
        await File.WriteAllTextAsync(script, ClaimSql);
        var name = new Npgsql.NpgsqlConnectionStringBuilder(database).Database!;
        var seconds = ((int)length.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var run = await Cli.Wrap(program)
            .WithArguments(arguments =>
                arguments
                    .Add(["-h", bench.Host, "-p", bench.Port.ToString(CultureInfo.InvariantCulture), "-U", "postgres"])
                    .Add(["-n", "-c", "8", "-j", "2", "-M", "prepared", "-T", seconds, "-f", script, name])
            )
            .WithEnvironmentVariables(variables => variables.Set("PGPASSWORD", bench.ServerPassword))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync();
        File.Delete(script);
        return Rate().Match(run.StandardOutput) is { Success: true } match
            ? double.Parse(match.Groups["tps"].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException(run.StandardError + run.StandardOutput);
    }

    private static string? Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(
                Directory.Exists("/usr/lib/postgresql")
                    ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
                    : []
            )
            .Select(folder => Path.Combine(folder, "pgbench"))
            .FirstOrDefault(File.Exists);

    [GeneratedRegex(@"tps = (?<tps>[0-9.]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();
}
