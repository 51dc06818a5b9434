using Dapper;
using Npgsql;

namespace YtOptimizer.Core.Backups;

/// <summary>Reads which tables, columns and sequences a backup must hold, in an order that satisfies foreign keys.</summary>
internal static class BackupSchema
{
    private const string TablesSql = """
        SELECT format('%I.%I', n.nspname, c.relname) AS name,
               array_agg(quote_ident(a.attname) ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE n.nspname IN ('public', 'ops') AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped
        GROUP BY 1 ORDER BY 1
        """;

    private const string EdgesSql = """
        SELECT DISTINCT format('%I.%I', n.nspname, c.relname) AS child, format('%I.%I', fn.nspname, f.relname) AS parent
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
             JOIN pg_class f ON f.oid = k.confrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
        WHERE k.contype = 'f' AND n.nspname IN ('public', 'ops') AND k.conrelid <> k.confrelid
        """;

    private const string SequencesSql =
        "SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences WHERE schemaname IN ('public', 'ops') ORDER BY 1";

    public static async Task<IReadOnlyList<Table>> ReadTablesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var tables = (await connection.QueryAsync<Table>(new CommandDefinition(TablesSql, cancellationToken: ct))).ToDictionary(
            t => t.Name,
            StringComparer.Ordinal
        );
        var edges = (await connection.QueryAsync<Edge>(new CommandDefinition(EdgesSql, cancellationToken: ct))).ToLookup(
            e => e.Child,
            e => e.Parent,
            StringComparer.Ordinal
        );
        var ordered = new List<Table>();
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var name in tables.Keys.Order(StringComparer.Ordinal))
        {
            Visit(name);
        }

        return ordered;

        void Visit(string name)
        {
            if (state.TryGetValue(name, out var isDone))
            {
                if (!isDone)
                {
                    throw new BackupException(
                        $"Tables reference each other in a circle through {name}; a restore could not order them. Make one of the "
                            + $"foreign keys deferrable and load it last."
                    );
                }

                return;
            }

            state[name] = false;
            foreach (var parent in edges[name].Where(tables.ContainsKey))
            {
                Visit(parent);
            }

            state[name] = true;
            ordered.Add(tables[name]);
        }
    }

    public static async Task<IReadOnlyList<SequenceBackup>> ReadSequencesAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        List<SequenceBackup> sequences = [];
        foreach (var name in await connection.QueryAsync<string>(new CommandDefinition(SequencesSql, cancellationToken: ct)))
        {
            sequences.Add(
                await connection.QuerySingleAsync<SequenceBackup>(
                    new CommandDefinition(
                        $"SELECT '{name.Replace("'", "''", StringComparison.Ordinal)}' AS name, last_value, is_called FROM {name}",
                        cancellationToken: ct
                    )
                )
            );
        }

        return sequences;
    }

    internal sealed record Table
    {
        public string Name { get; init; } = "";

        public string[] Columns { get; init; } = [];
    }

    private sealed record Edge
    {
        public string Child { get; init; } = "";

        public string Parent { get; init; } = "";
    }
}
