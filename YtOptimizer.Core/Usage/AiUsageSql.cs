namespace YtOptimizer.Core.Usage;

/// <summary>Statements of <see cref="AiUsageLedger"/>.</summary>
internal static class AiUsageSql
{
    public const string PurgeRuns = "DELETE FROM spend_counters WHERE scope LIKE 'run:%' AND updated_at < @before";

    /// <summary>The tier's monthly limit; -1 is unlimited, no row is free.</summary>
    public const string TierLimit = "SELECT p.token_limit::bigint FROM plan_state(@userId, now()) p";

    /// <summary>What the account spent this month does not count any more; what is being spent does.</summary>
    public const string ResetUser = """
        UPDATE spend_counters SET tokens = coalesce((SELECT sum(c.reserved_tokens) FROM llm_calls c WHERE c.user_id = @userId
            AND c.status = 'intent'), 0), updated_at = now()
        WHERE scope = @scope AND period = @period
        """;

    public const string Reserve = """
        INSERT INTO spend_counters AS c (scope, period, tokens) VALUES (@scope, @period, @tokens)
        ON CONFLICT (scope, period) DO UPDATE SET tokens = c.tokens + @tokens, updated_at = now() WHERE c.tokens + @tokens <= @cap
        """;

    public const string Adjust =
        "UPDATE spend_counters SET tokens = tokens + @delta, updated_at = now() WHERE scope = @scope AND period = @period";

    // call_no continues after what an earlier life of the same attempt left behind.
    public const string Insert = """
        INSERT INTO llm_calls (id, run_key, attempt, call_no, user_id, job_id, correlation_id, feature_type, model, reserved_tokens,
            prompt_tokens, created_at, deadline_at)
        SELECT @id, @runKey, @attempt, COALESCE(max(call_no), 0) + 1, @userId, @jobId, @correlationId, @feature, @model, @reserved, 0, @now,
            @deadline
        FROM llm_calls WHERE run_key = @runKey AND attempt = @attempt
        """;

    public const string Settle = """
        WITH old AS (SELECT id, status, reserved_tokens, total_tokens FROM llm_calls WHERE id = @id AND status <> 'settled' FOR UPDATE)
        UPDATE llm_calls c SET status = 'settled', prompt_tokens = @promptTokens, completion_tokens = @completionTokens,
            cached_tokens = @cachedTokens,
            estimated = @estimated, cost_usd = @costUsd, outcome = @outcome, upstream_request_id = @requestId, settled_at = @now
        FROM old WHERE c.id = old.id
        RETURNING c.id, c.run_key, c.user_id, c.created_at,
            CASE old.status WHEN 'intent' THEN old.reserved_tokens ELSE old.total_tokens END AS old_tokens,
                @promptTokens + @completionTokens AS new_tokens
        """;

    // The reserved bound is not split: it counts as completion, which is the dearer part.
    public const string Unknown = """
        UPDATE llm_calls SET status = 'unknown', completion_tokens = reserved_tokens, estimated = true, outcome = @outcome,
            settled_at = @now
        WHERE id = @id AND status = 'intent'
        RETURNING id, run_key, user_id, created_at, reserved_tokens AS old_tokens, reserved_tokens AS new_tokens
        """;

    /// <summary>The summary row has the ledger row's id: repeating changes nothing.</summary>
    public const string Usage = """
        INSERT INTO user_token_usage (id, user_id, feature_type, tokens_consumed, created_at, metadata)
        SELECT c.id, c.user_id, c.feature_type, c.total_tokens, c.created_at, jsonb_strip_nulls(jsonb_build_object(
            'model', c.model, 'prompt_tokens', c.prompt_tokens, 'completion_tokens', c.completion_tokens, 'cost_usd', c.cost_usd,
                'job_id', c.job_id,
            'request_id', c.correlation_id, 'cached', c.cached_tokens, 'status', c.status, 'estimated', c.estimated))
        FROM llm_calls c WHERE c.id = @id AND c.total_tokens > 0
        ON CONFLICT (id) DO UPDATE SET tokens_consumed = excluded.tokens_consumed, metadata = excluded.metadata
        """;

    public const string Totals = """
        SELECT COALESCE(sum(prompt_tokens), 0)::int AS prompt_tokens, COALESCE(sum(completion_tokens), 0)::int AS completion_tokens,
            max(model) AS model, sum(cost_usd) AS cost_usd
        FROM llm_calls WHERE run_key = @runKey AND attempt = @attempt
        """;
}
