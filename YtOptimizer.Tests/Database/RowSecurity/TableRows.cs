using System.Globalization;
using System.Text.RegularExpressions;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Tests.Database.RowSecurity;

/// <summary>Makes rows for any table from its catalogue entry, so that tables of later migrations are covered without touching the
/// tests.</summary>
internal static partial class TableRows
{
    private sealed record Column(string Name, string Type, int? Length, string? Check, string? EnumValue);

    private const string ColumnsSql = """
        SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type,
               CASE WHEN a.atttypmod > 4 AND t.typname IN ('varchar', 'bpchar') THEN a.atttypmod - 4 END AS length,
               (SELECT string_agg(pg_get_constraintdef(c.oid), ' ') FROM pg_constraint c WHERE c.conrelid = a.attrelid AND c.contype = 'c'
                   AND a.attnum = ANY (c.conkey)) AS "check",
               (SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = a.atttypid ORDER BY e.enumsortorder LIMIT 1) AS enum_value
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
        WHERE a.attrelid = @table::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
          AND (a.attnotnull OR a.attname = @owner) AND (NOT a.atthasdef OR a.attname = @owner)
        """;

    /// <summary>Inserts one row with <paramref name="owner"/> in <paramref name="ownerColumn"/>; foreign keys and triggers are off for
    /// it.</summary>
    public static async Task InsertAsync(Db db, string table, string? ownerColumn, Guid owner, CancellationToken ct)
    {
        var columns = await db.QueryAsync<Column>(ColumnsSql, new { table, owner = ownerColumn ?? "" }, ct);
        var values = columns.Select(c => string.Equals(c.Name, ownerColumn, StringComparison.Ordinal) ? $"'{owner}'" : Value(c));
        var sql =
            columns.Count == 0
                ? $"INSERT INTO {table} DEFAULT VALUES"
                : $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => c.Name))}) VALUES ({string.Join(", ", values)}) ON "
                    + $"CONFLICT DO NOTHING";
        await db.InTransactionAsync(
            async scope =>
            {
                await scope.ExecuteAsync("SET LOCAL session_replication_role = replica");
                return await scope.ExecuteAsync(sql);
            },
            ct
        );
    }

    private static string Value(Column column)
    {
        if (column.EnumValue is not null)
        {
            return $"'{column.EnumValue}'";
        }

        // IN ('a', 'b') and number ranges of check constraints: take their first literal.
        if (column.Check is not null && Literal().Match(column.Check) is { Success: true } literal)
        {
            return $"'{literal.Groups["text"].Value}'";
        }

        var unique = Guid.CreateVersion7().ToString("N");
        return column.Type switch
        {
            "uuid" => $"'{Guid.CreateVersion7()}'",
            "integer" or "bigint" or "smallint" or "numeric" or "double precision" or "real" => "5",
            "boolean" => "false",
            "jsonb" or "json" => "'{}'",
            "inet" => "'192.0.2." + (RandomByte() % 250 + 1).ToString(CultureInfo.InvariantCulture) + "'",
            "bytea" => $"'\\x{unique}'",
            "date" => "current_date",
            "interval" => "'1 hour'",
            _ when column.Type.StartsWith("timestamp", StringComparison.Ordinal) => "now()",
            _ when column.Type.EndsWith("[]", StringComparison.Ordinal) => "'{}'",
            _ => $"'{(column.Length is { } length && length < unique.Length ? unique[^length..] : unique)}'",
        };
    }

    private static int RandomByte() => System.Security.Cryptography.RandomNumberGenerator.GetInt32(0, 256);

    [GeneratedRegex("'(?<text>[^']+)'::(?:character varying|text)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Literal();
}
