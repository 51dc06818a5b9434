namespace YtOptimizer.Core.Observability.Metrics;

/// <summary>The HELP texts of the metric families.</summary>
public static class MetricHelp
{
    private const string Prefix = "youtube_optimizer_";

    private static readonly Dictionary<string, string> Texts = new(StringComparer.Ordinal)
    {
        ["http_requests_total"] = "HTTP requests answered, by method, route template and status code.",
        ["http_request_duration_seconds"] = "Time to answer HTTP requests.",
        ["active_connections"] = "HTTP requests being served now.",
        ["db_query_duration_seconds"] = "Duration of database commands.",
        ["database_query_duration"] = "Duration of database commands in seconds.",
        ["db_errors_total"] = "Database commands that failed.",
        ["ai_requests_total"] = "Calls to AI providers by service and outcome.",
        ["ai_request_duration_seconds"] = "Duration of calls to AI providers.",
        ["openai_tokens_total"] = "Tokens billed, by model and kind.",
        ["openai_cost_usd_total"] = "Estimated cost of AI calls in US dollars, by model.",
        ["auth_events_total"] = "Sign-ins, refreshes and the like, by outcome.",
        ["cache_operations_total"] = "Cache reads by result.",
        ["errors_total"] = "Errors by type and severity.",
        ["rate_limit_exceeded_total"] = "Requests refused by a rate limit, by budget.",
        ["audit_count_total"] = "Analyses completed.",
        ["log_rows_dropped_total"] = "Rows of stored logs that were lost, by table and reason; they are on standard output.",
        ["memory_heap_used_bytes"] = "Managed memory in use.",
        ["memory_heap_total_bytes"] = "Managed memory committed.",
        ["memory_rss_bytes"] = "Resident memory.",
        ["memory_rss_largest_process_bytes"] = "Resident memory of the process that has most.",
        ["fleet_processes"] = "Live processes, by service.",
        ["process_cpu_seconds_total"] = "Processor time used.",
        ["process_threads"] = "Threads.",
        ["queue_depth"] = "Waiting jobs, postponed ones included.",
        ["queue_running"] = "Jobs that workers run now.",
        ["queue_dead"] = "Failed jobs that wait for an operator.",
        ["queue_oldest_age_seconds"] = "How long the longest-waiting job has been due.",
        ["jobs_attempts_total"] = "Claims of jobs, by type and whether it was the first.",
        ["jobs_finished_total"] = "Ends of attempts, by job type and outcome.",
        ["jobs_leases_lost_total"] = "Attempts whose lease was cancelled, or taken by another worker.",
        ["jobs_pickup_seconds"] = "Time between being due and being claimed.",
        ["jobs_run_seconds"] = "Time an attempt ran.",
        ["realtime_connections_opened_total"] = "Live connections opened, by transport.",
        ["realtime_connections_closed_total"] = "Live connections closed, by transport and reason.",
        ["realtime_refused_total"] = "Live connections and joins refused, by reason.",
        ["realtime_events_total"] = "Changes handed to the clients of a process.",
        ["realtime_event_lag_seconds"] = "Time from a change to its delivery.",
        ["database_up"] = "1 if the answering process reached the database; 0: the figures are this process's alone.",
        ["database_connections"] = "Connections to this database, of all clients.",
        ["database_size_bytes"] = "Size of the database.",
        ["alerts_waiting"] = "Messages to operators not yet delivered.",
        ["alerts_oldest_waiting_seconds"] = "Age of the oldest of them.",
        ["alerts_last_success_timestamp_seconds"] = "Unix time of the last delivered message.",
        ["alerts_telegram_last_answer_timestamp_seconds"] = "Unix time at which Telegram last answered a worker.",
        ["alerts_open_incidents"] = "Incidents that have not recovered.",
        ["maintenance_last_run_succeeded"] = "1 if the chore's last run succeeded.",
        ["maintenance_last_run_timestamp_seconds"] = "Unix time of the chore's last run.",
        ["maintenance_last_success_timestamp_seconds"] = "Unix time of the chore's last successful run.",
    };

    /// <summary>Every family of <c>/metrics</c>, without its prefix. Dashboards and rules may name these and no others.</summary>
    public static IReadOnlyCollection<string> Families => Texts.Keys;

    public static string For(string name)
    {
        var bare = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        return Texts.GetValueOrDefault(bare, bare.Replace('_', ' ') + ".");
    }
}
