-- Enqueue and restart take their place of the plan through quota_reserve, which knows bonuses.

-- One submission: idempotency key, caps, quota, job and ledger row in one transaction and one round trip.
-- The lane's row lock puts one user's submissions in order, which makes the counts exact.
-- p_user_depth: waiting and running jobs one user may have, 0 for no limit.
-- outcome: created, replayed, duplicate, key_conflict, user_full, quota_exceeded.
CREATE OR REPLACE FUNCTION job_enqueue(
    p_id uuid, p_user uuid, p_type text, p_payload jsonb, p_configuration jsonb, p_title text, p_hash bytea,
    p_key text, p_response text, p_correlation text, p_traceparent text,
    p_priority int, p_scheduled_at timestamptz, p_max_attempts int,
    p_user_depth int, p_key_ttl interval, p_duplicate_window interval, p_charge boolean)
RETURNS TABLE (outcome text, job_id uuid, response text, used int, allowed int, resets_at timestamptz)
LANGUAGE plpgsql
-- Only the indexes are right at every size of the queue.
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
#variable_conflict use_column
DECLARE
    v_lane job_lanes;
    v_now timestamptz;
    v_known idempotency_keys;
    v_twin uuid;
    v_active int;
    v_used int := 0;
    v_allowed int;
    v_granted boolean;
    v_window record;
    v_priority int := p_priority;
    v_key timestamptz;
BEGIN
    SELECT * INTO v_lane FROM job_lanes WHERE user_id = p_user FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO job_lanes (user_id) VALUES (p_user) ON CONFLICT DO NOTHING;
        SELECT * INTO v_lane FROM job_lanes WHERE user_id = p_user FOR UPDATE;
    END IF;
    v_now := clock_timestamp();

    IF p_key IS NOT NULL THEN
        SELECT * INTO v_known FROM idempotency_keys WHERE user_id = p_user AND key = p_key;
        IF FOUND AND v_known.expires_at > v_now THEN
            RETURN QUERY SELECT CASE WHEN v_known.request_hash = p_hash THEN 'replayed' ELSE 'key_conflict' END,
                v_known.job_id, v_known.response, 0, 0, NULL::timestamptz;
            RETURN;
        END IF;
    ELSIF p_hash IS NOT NULL THEN
        SELECT id INTO v_twin FROM (
            SELECT id FROM job_queue WHERE user_id = p_user AND status = 'pending' AND request_hash = p_hash AND created_at > v_now - p_duplicate_window
            UNION ALL
            SELECT id FROM job_queue WHERE user_id = p_user AND status = 'processing' AND request_hash = p_hash AND created_at > v_now - p_duplicate_window
        ) twins LIMIT 1;
        IF FOUND THEN
            RETURN QUERY SELECT 'duplicate', v_twin, NULL::text, 0, 0, NULL::timestamptz;
            RETURN;
        END IF;
    END IF;

    IF p_user_depth > 0 THEN
        SELECT (SELECT count(*) FROM job_queue WHERE user_id = p_user AND status = 'pending')
             + (SELECT count(*) FROM job_queue WHERE user_id = p_user AND status = 'processing') INTO v_active;
        IF v_active >= p_user_depth THEN
            RETURN QUERY SELECT 'user_full', NULL::uuid, NULL::text, v_active, p_user_depth, NULL::timestamptz;
            RETURN;
        END IF;
    END IF;

    SELECT * INTO v_window FROM quota_window(p_user, v_now);
    v_allowed := v_window.video_limit;
    IF p_charge THEN
        SELECT q.granted, q.used, q.allowed INTO v_granted, v_used, v_allowed
        FROM quota_reserve(p_id, p_user, v_window.video_limit, v_window.period_start, v_now) q;
        IF NOT v_granted THEN
            RETURN QUERY SELECT 'quota_exceeded', NULL::uuid, NULL::text, v_used, v_allowed, v_window.period_end;
            RETURN;
        END IF;
    END IF;

    -- Plans may carry a place in the queue: features.queuePriority (0-10) and features.queueWeight (jobs per turn).
    v_priority := greatest(v_priority, coalesce((v_window.features ->> 'queuePriority')::int, 0));
    INSERT INTO job_queue (id, user_id, job_type, payload, configuration, video_title, priority, scheduled_at, max_retries,
                           request_hash, idempotency_key, correlation_id, traceparent, created_at, updated_at)
    VALUES (p_id, p_user, p_type, p_payload, p_configuration, p_title, v_priority, coalesce(p_scheduled_at, v_now), p_max_attempts,
            p_hash, p_key, p_correlation, p_traceparent, v_now, v_now);

    IF p_key IS NOT NULL THEN
        INSERT INTO idempotency_keys (user_id, key, request_hash, job_id, response, created_at, expires_at)
        VALUES (p_user, p_key, p_hash, p_id, p_response, v_now, v_now + p_key_ttl)
        ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash, job_id = excluded.job_id,
            response = excluded.response, created_at = excluded.created_at, expires_at = excluded.expires_at;
    END IF;

    v_key := v_now - v_priority * interval '60 seconds';
    IF NOT v_lane.parked AND coalesce(p_scheduled_at, v_now) <= v_now AND (v_lane.lane_key IS NULL OR v_lane.lane_key > v_key) THEN
        UPDATE job_lanes SET lane_key = v_key, weight = coalesce((v_window.features ->> 'queueWeight')::int, 1) WHERE user_id = p_user;
    END IF;
    RETURN QUERY SELECT 'created', p_id, p_response, v_used, v_allowed, v_window.period_end;
END
$$;

-- Runs a failed or cancelled job again, in its own row, under the same caps as a new one.
-- outcome: restarted, not_found, wrong_state, user_full, quota_exceeded.
CREATE OR REPLACE FUNCTION job_restart(p_id uuid, p_user uuid, p_user_depth int, p_charge boolean)
RETURNS TABLE (outcome text, status text, used int, allowed int, resets_at timestamptz)
LANGUAGE plpgsql
-- Only the indexes are right at every size of the queue.
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_status text;
    v_active int;
    v_used int := 0;
    v_allowed int;
    v_granted boolean;
    v_resets timestamptz;
    v_window record;
BEGIN
    INSERT INTO job_lanes (user_id) SELECT p_user WHERE EXISTS (SELECT 1 FROM profiles WHERE id = p_user) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM job_lanes WHERE user_id = p_user FOR UPDATE;
    v_now := clock_timestamp();
    SELECT q.status INTO v_status FROM job_queue q WHERE q.id = p_id AND q.user_id = p_user FOR UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'not_found', NULL::text, 0, 0, NULL::timestamptz;
        RETURN;
    END IF;
    IF v_status NOT IN ('failed', 'cancelled') THEN
        RETURN QUERY SELECT 'wrong_state', v_status, 0, 0, NULL::timestamptz;
        RETURN;
    END IF;
    SELECT (SELECT count(*) FROM job_queue q WHERE q.user_id = p_user AND q.status = 'pending')
         + (SELECT count(*) FROM job_queue q WHERE q.user_id = p_user AND q.status = 'processing') INTO v_active;
    IF p_user_depth > 0 AND v_active >= p_user_depth THEN
        RETURN QUERY SELECT 'user_full', v_status, v_active, p_user_depth, NULL::timestamptz;
        RETURN;
    END IF;
    IF p_charge THEN
        SELECT * INTO v_window FROM quota_window(p_user, v_now);
        v_resets := v_window.period_end;
        SELECT q.granted, q.used, q.allowed INTO v_granted, v_used, v_allowed
        FROM quota_reserve(p_id, p_user, v_window.video_limit, v_window.period_start, v_now) q;
        IF NOT v_granted THEN
            RETURN QUERY SELECT 'quota_exceeded', v_status, v_used, v_allowed, v_window.period_end;
            RETURN;
        END IF;
    END IF;
    UPDATE job_queue q SET status = 'pending', progress = 0, stage = 'queued', attempts = 0, crashes = 0, deferrals = 0,
        scheduled_at = v_now, started_at = NULL, completed_at = NULL, error_code = NULL, error_message = NULL, error_stack = NULL,
        dead_reason = NULL, result = NULL, event_seq = q.event_seq + 1, updated_at = v_now
    WHERE q.id = p_id;
    UPDATE video_analysis_logs SET status = 'initiated', stage = 'queued', progress_percentage = 0, error_message = NULL, error_code = NULL,
        failed_at = NULL, completed_at = NULL WHERE job_id = p_id;
    UPDATE job_lanes SET lane_key = v_now WHERE user_id = p_user AND NOT parked AND lane_key IS NULL;
    RETURN QUERY SELECT 'restarted', 'pending'::text, v_used, coalesce(v_allowed, -1), v_resets;
END
$$;
