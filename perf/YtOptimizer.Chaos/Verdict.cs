using Npgsql;

namespace YtOptimizer.Chaos;

/// <summary>Compares what was promised with what the database holds. Every figure but the first block must be 0.</summary>
internal static class Verdict
{
    /// <summary>Keeps what happened to jobs where the product cannot reach it.</summary>
    public const string WitnessSql = """
        CREATE TABLE chaos_ends (job_id uuid, status text, at timestamptz DEFAULT clock_timestamp());
        CREATE FUNCTION chaos_witness() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO chaos_ends (job_id, status) VALUES (NEW.id, NEW.status);
            RETURN NULL;
        END $$;
        CREATE TRIGGER chaos_witness AFTER UPDATE ON job_queue FOR EACH ROW
            WHEN (NEW.status IN ('completed', 'failed', 'cancelled') AND OLD.status IS DISTINCT
                FROM NEW.status) EXECUTE FUNCTION chaos_witness();
        """;

    private static readonly (string Name, string Sql)[] Checks =
    [
        (
            "lost (promised, not in the table)",
            "SELECT count(*) FROM unnest($1) p (id) WHERE NOT EXISTS (SELECT 1 FROM job_queue q WHERE q.id = p.id)"
        ),
        (
            "stuck (promised, not ended)",
            "SELECT count(*) FROM job_queue q JOIN unnest($1) p (id) ON p.id = q.id WHERE q.status IN ('pending', 'processing')"
        ),
        ("duplicated (in the table, never promised)", "SELECT count(*) FROM job_queue q WHERE NOT q.id = ANY ($1)"),
        ("second ends of a job", "SELECT count(*) FROM (SELECT job_id FROM chaos_ends GROUP BY job_id HAVING count(*) > 1) e"),
        (
            "completed without exactly one result",
            "SELECT count(*) FROM job_queue q WHERE status = 'completed' AND (SELECT count(*) FROM audits a WHERE a.job_id = q.id) <> 1"
        ),
        (
            "results of jobs that did not complete",
            "SELECT count(*) FROM audits a WHERE NOT EXISTS (SELECT 1 FROM job_queue q WHERE q.id = a.job_id AND q.status = 'completed')"
        ),
        (
            "completed without exactly one charge",
            "SELECT count(*) FROM job_queue q WHERE status = 'completed' AND (SELECT count(*) FROM quota_reservations r WHERE r.job_id = "
                + "q.id AND r.state = 'charged') <> 1"
        ),
        (
            "charges or reservations of jobs that did not complete",
            "SELECT count(*) FROM quota_reservations r WHERE r.state <> 'refunded' AND NOT EXISTS (SELECT 1 FROM job_queue q WHERE q.id "
                + "= r.job_id AND q.status = 'completed')"
        ),
        (
            "completed without exactly one notification",
            "SELECT count(*) FROM job_queue q WHERE status = 'completed' AND (SELECT count(*) FROM notifications n WHERE n.metadata ->> "
                + "'jobId' = q.id::text AND n.metadata ->> 'auditId' IS NOT NULL) <> 1"
        ),
        (
            "completed whose log row says otherwise",
            "SELECT count(*) FROM job_queue q WHERE status = 'completed' AND NOT EXISTS (SELECT 1 FROM video_analysis_logs l WHERE "
                + "l.job_id = q.id AND l.status = 'completed' AND l.audit_id IS NOT NULL)"
        ),
        ("set aside as poison (every death came from outside)", "SELECT count(*) FROM job_queue WHERE dead_reason = 'poison'"),
        (
            "confirmed cancels that are not final",
            "SELECT count(*) FROM unnest($2) c (id) JOIN job_queue q ON q.id = c.id WHERE q.status <> 'cancelled'"
        ),
    ];

    /// <summary>Prints the figures; true when nothing is wrong.</summary>
    public static async Task<bool> PrintAsync(NpgsqlDataSource source, Clients clients)
    {
        var promised = clients.Promised.Values.ToArray();
        foreach (
            var (name, sql) in ((string, string)[])
                [
                    ("completed", "SELECT count(*) FROM job_queue WHERE status = 'completed'"),
                    ("cancelled", "SELECT count(*) FROM job_queue WHERE status = 'cancelled'"),
                    (
                        "failed otherwise",
                        "SELECT count(*) FROM job_queue WHERE status = 'failed' AND dead_reason IS DISTINCT FROM 'poison'"
                    ),
                    ("jobs that lost a worker at least once", "SELECT count(*) FROM job_queue WHERE crashes > 0"),
                    ("jobs that lost two and ran apart from then on", "SELECT count(*) FROM job_queue WHERE crashes > 1"),
                ]
        )
        {
            Console.WriteLine($"{name}: {await CountAsync(source, sql)}");
        }

        await using (
            var reasons = source.CreateCommand(
                "SELECT error_code, min(coalesce(error_stack, error_message)), count(*) FROM job_queue WHERE status = 'failed' GROUP "
                    + "BY error_code"
            )
        )
        await using (var reader = await reasons.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                Console.WriteLine($"  {reader.GetInt64(2)} × {reader.GetString(0)}: {reader.GetString(1).Split('\n')[0]}");
            }
        }

        var wrong = (long)clients.Broken.Count;
        Console.WriteLine($"keys answered with two jobs: {clients.Broken.Count}");
        foreach (var (name, sql) in Checks)
        {
            var count = await CountAsync(source, sql, promised, [.. clients.Cancelled]);
            wrong += count;
            Console.WriteLine($"{name}: {count}");
        }

        return wrong == 0;
    }

    public static async Task<long> CountAsync(NpgsqlDataSource source, string sql, params Guid[][] parameters)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var (ids, index) in parameters.Select((ids, index) => (ids, index + 1)))
        {
            if (sql.Contains("$" + index, StringComparison.Ordinal) || index == 1)
            {
                command.Parameters.AddWithValue(ids);
            }
        }

        return (long)(await command.ExecuteScalarAsync())!;
    }
}
