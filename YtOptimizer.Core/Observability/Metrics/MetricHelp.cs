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
        ["process_cpu_seconds_total"] = "Processor time used.",
        ["process_threads"] = "Threads.",
        ["alerts_waiting"] = "Messages to operators not yet delivered.",
        ["alerts_oldest_waiting_seconds"] = "Age of the oldest of them.",
        ["alerts_last_success_timestamp_seconds"] = "Unix time of the last delivered message.",
        ["alerts_telegram_last_answer_timestamp_seconds"] = "Unix time at which Telegram last answered a worker.",
        ["alerts_open_incidents"] = "Incidents that have not recovered.",
        ["maintenance_last_run_succeeded"] = "1 if the chore's last run succeeded.",
        ["maintenance_last_run_timestamp_seconds"] = "Unix time of the chore's last run.",
        ["maintenance_last_success_timestamp_seconds"] = "Unix time of the chore's last successful run.",
    };

    public static string For(string name)
    {
        var bare = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        return Texts.GetValueOrDefault(bare, bare.Replace('_', ' ') + ".");
    }
}
