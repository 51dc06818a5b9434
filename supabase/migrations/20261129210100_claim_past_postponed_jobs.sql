-- What is due has a rank that has passed: scheduled_at less a minute per level of priority. Said to the planner, the search by the index ends
-- where jobs begin that are postponed for longer than their priority is worth, instead of reading them all.
CREATE OR REPLACE FUNCTION job_claim(p_worker text, p_limit int, p_user_running int, p_suspects int, p_lease interval)
RETURNS TABLE (id uuid, user_id uuid, job_type text, payload text, attempt int, max_attempts int, crashes int, deferrals int, progress int,
               lease_token bigint, correlation_id text, traceparent text, created_at timestamptz, waited_seconds double precision)
LANGUAGE plpgsql
-- The tables grow and shrink by orders of magnitude under one cached plan: only the indexes are right at every size.
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
    v_lanes uuid[];
    v_weights bigint;
    v_rounds int;
    v_now timestamptz;
    v_ids uuid[];
    v_users uuid[];
BEGIN
    SELECT array_agg(l.user_id ORDER BY l.lane_key), sum(l.weight) INTO v_lanes, v_weights
    FROM (SELECT user_id, lane_key, weight FROM job_lanes WHERE lane_key IS NOT NULL
          ORDER BY lane_key LIMIT p_limit FOR UPDATE SKIP LOCKED) l;
    IF v_lanes IS NULL THEN
        RETURN;
    END IF;
    v_now := clock_timestamp();
    v_rounds := greatest(1, ceil(p_limit::numeric / v_weights)::int);

    SELECT array_agg(p.id), array_agg(p.user_id) INTO v_ids, v_users FROM (
        SELECT c.id, c.user_id FROM (
            SELECT j.id, u.user_id, u.turn, j.claim_rank, j.crashes,
                   count(*) FILTER (WHERE j.crashes >= 2) OVER (ORDER BY u.turn, j.claim_rank, j.id) AS suspects
            FROM unnest(v_lanes) WITH ORDINALITY AS u (user_id, turn)
            JOIN job_lanes l ON l.user_id = u.user_id
            CROSS JOIN LATERAL (
                SELECT q.id, q.claim_rank, q.crashes FROM job_queue q
                WHERE q.user_id = u.user_id AND q.status = 'pending' AND q.claim_rank <= v_now AND q.scheduled_at <= v_now
                ORDER BY q.claim_rank
                LIMIT greatest(0, least(l.credit + (v_rounds - 1) * l.weight,
                    p_user_running - (SELECT count(*) FROM job_queue r WHERE r.user_id = u.user_id AND r.status = 'processing')))
                FOR UPDATE SKIP LOCKED) j
        ) c
        WHERE c.crashes < 2 OR c.suspects <= p_suspects
        ORDER BY c.turn, c.claim_rank
        LIMIT p_limit
    ) p;

    RETURN QUERY
        UPDATE job_queue q SET status = 'processing', attempts = q.attempts + 1, lease_token = nextval('job_lease_tokens'),
            lease_until = clock_timestamp() + p_lease, locked_by = p_worker, started_at = coalesce(q.started_at, v_now),
            event_seq = q.event_seq + 1, updated_at = v_now
        WHERE q.id = ANY (v_ids)
        RETURNING q.id, q.user_id, q.job_type::text, q.payload::text, q.attempts, q.max_retries, q.crashes, q.deferrals, q.progress,
            q.lease_token, q.correlation_id::text, q.traceparent::text, q.created_at,
            extract(epoch FROM clock_timestamp() - greatest(q.scheduled_at, q.created_at))::double precision;

    UPDATE job_lanes l SET
        lane_key = CASE
            WHEN s.head IS NULL OR s.running >= p_user_running THEN NULL
            WHEN s.taken > 0 AND s.taken < l.credit THEN l.lane_key
            ELSE v_now - s.head * interval '60 seconds' END,
        parked = s.head IS NOT NULL AND s.running >= p_user_running,
        credit = CASE WHEN s.head IS NOT NULL AND s.taken > 0 AND s.taken < l.credit THEN l.credit - s.taken ELSE l.weight END
    FROM (
        SELECT u.user_id,
               (SELECT count(*) FROM unnest(v_users) AS t (user_id) WHERE t.user_id = u.user_id) AS taken,
               (SELECT count(*) FROM job_queue r WHERE r.user_id = u.user_id AND r.status = 'processing') AS running,
               (SELECT q.priority FROM job_queue q WHERE q.user_id = u.user_id AND q.status = 'pending'
                    AND q.claim_rank <= v_now AND q.scheduled_at <= v_now
                ORDER BY q.claim_rank LIMIT 1) AS head
        FROM unnest(v_lanes) AS u (user_id)
    ) s
    WHERE l.user_id = s.user_id
      -- A lane that the limit cut off keeps its turn.
      AND (s.taken > 0 OR s.head IS NULL OR s.running >= p_user_running OR coalesce(cardinality(v_ids), 0) < p_limit);
END
$$;
