using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Migrations;

/// <summary>One file <c>&lt;version&gt;_&lt;name&gt;.sql</c> of <c>supabase/migrations</c>, as the Supabase CLI names them.</summary>
public sealed partial record MigrationFile(string Version, string Name, string FileName, string Sql)
{
    /// <summary>First lines of a file whose statements PostgreSQL refuses inside a transaction (CREATE INDEX CONCURRENTLY, ALTER SYSTEM
    /// …).</summary>
    public const string NoTransactionHeader = "-- migrate: no-transaction";

    public IReadOnlyList<SqlStatement> Statements { get; } = SqlStatements.Split(Sql);

    /// <summary>SHA-256 of the text; line endings do not count, so a checkout on Windows is the same file.</summary>
    public string Checksum { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n").TrimEnd())));

    public bool InTransaction { get; } =
        !Sql.TrimStart('\uFEFF')
            .Split('\n')
            .TakeWhile(line => line.StartsWith("--", StringComparison.Ordinal))
            .Any(line => line.TrimEnd().Equals(NoTransactionHeader, StringComparison.OrdinalIgnoreCase));

    public static async Task<IReadOnlyList<MigrationFile>> LoadAsync(string supabaseDirectory, CancellationToken ct)
    {
        var folder = Path.Combine(supabaseDirectory, "migrations");
        if (!Directory.Exists(folder))
        {
            throw new MigrationException(
                $"There is no folder {folder}. Run the command in the repository, or name the folder that holds migrations/ with --dir."
            );
        }

        var files = new List<MigrationFile>();
        foreach (var path in Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal))
        {
            var match = Pattern().Match(Path.GetFileName(path));
            if (!match.Success)
            {
                throw new MigrationException(
                    $"{Path.GetFileName(path)} is not named <version>_<name>.sql. Create migrations with: db new <name>."
                );
            }

            var file = new MigrationFile(
                match.Groups["version"].Value,
                match.Groups["name"].Value,
                Path.GetFileName(path),
                await File.ReadAllTextAsync(path, ct)
            );
            if (files.Find(other => other.Version == file.Version) is { } twin)
            {
                throw new MigrationException(
                    $"{twin.FileName} and {file.FileName} have the same version. Give the newer one a later version."
                );
            }

            if (
                file.InTransaction
                && file.Statements.FirstOrDefault(statement => TransactionControl().IsMatch(statement.Text)) is { } control
            )
            {
                throw new MigrationException(
                    $"{file.FileName} line {control.Line}: migrations run in one transaction each and must not contain BEGIN, COMMIT or "
                        + $"ROLLBACK. Remove the statement."
                );
            }

            files.Add(file);
        }

        return [.. files.OrderBy(file => file.Version, StringComparer.Ordinal)];
    }

    /// <summary>Whether an operator means this file by <paramref name="text"/>: version, name, or both.</summary>
    public bool IsNamed(string text) => text == Version || text == Name || text == $"{Version}_{Name}" || text == FileName;

    [GeneratedRegex(
        "^(BEGIN|START|COMMIT|END|ROLLBACK|ABORT)\\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 200
    )]
    private static partial Regex TransactionControl();

    [GeneratedRegex(
        "^(?<version>[0-9]+)_(?<name>.+)\\.sql$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 200
    )]
    private static partial Regex Pattern();
}
