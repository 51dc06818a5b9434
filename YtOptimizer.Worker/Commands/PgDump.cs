using System.Globalization;
using System.Text;
using CliWrap;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.Worker.Commands;

/// <summary>Runs PostgreSQL's own dump program; the connection goes by environment, never by argument.</summary>
internal static class PgDump
{
    public static async Task<int> RunAsync(VerbHost host, bool withData, CancellationToken ct)
    {
        if (Find() is not { } program)
        {
            return host.Fail(
                "pg_dump was not found. Install the PostgreSQL client programs (Debian: apt-get install postgresql-client; macOS: brew "
                    + "install libpq), or put their folder on PATH."
            );
        }

        _ = host.Database; // refuses a missing or unreadable address
        var configuration = host.Services.GetRequiredService<IConfiguration>();
        var address = new NpgsqlConnectionStringBuilder(
            DatabaseAddress.Normalize(
                configuration.GetConnectionString(ResourceNames.DatabaseDirect)
                    ?? configuration.GetConnectionString(ResourceNames.Database)!
            )
        );
        await using var output = Console.OpenStandardOutput();
        var errors = new StringBuilder();
        var result = await Cli.Wrap(program)
            .WithArguments([
                "--no-owner",
                .. withData ? (string[])[] : ["--schema-only"],
                "--exclude-schema=auth",
                "--exclude-schema=storage",
                "--exclude-schema=realtime",
            ])
            .WithEnvironmentVariables(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["PGHOST"] = address.Host,
                    ["PGPORT"] = address.Port.ToString(CultureInfo.InvariantCulture),
                    ["PGUSER"] = address.Username,
                    ["PGPASSWORD"] = address.Password,
                    ["PGDATABASE"] = address.Database,
                    ["PGCONNECT_TIMEOUT"] = "5",
                    ["PGSSLMODE"] = address.SslMode switch
                    {
                        SslMode.VerifyCA => "verify-ca",
                        SslMode.VerifyFull => "verify-full",
                        var mode => mode.ToString().ToLowerInvariant(),
                    },
                }
            )
            .WithStandardOutputPipe(PipeTarget.ToStream(output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(errors))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(ct);
        return result.ExitCode == 0 ? CommandLine.Done : host.Fail($"pg_dump ended with {result.ExitCode}: {errors.ToString().Trim()}");
    }

    /// <summary>The newest pg_dump: an older one refuses a newer server.</summary>
    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "pg_dump.exe" : "pg_dump";
        var versioned = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder =>
                    int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0
                )
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return versioned.Concat(path).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }
}
