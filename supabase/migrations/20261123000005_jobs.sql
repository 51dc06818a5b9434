-- The job queue. Execution is at least once, effects are exactly once: every write after a claim presents the claim's
-- fencing token (lease_token), and a finished job cannot change.

-- Fencing tokens: one number per claim, never reused.
CREATE SEQUENCE job_lease_tokens AS bigint;

CREATE TABLE job_queue (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    job_type varchar(64) NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}',
    -- What clients may see of the payload.
    configuration jsonb NOT NULL DEFAULT '{}',
    video_title text,
    status varchar(16) NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'cancelled')),
    stage varchar(64),
    progress int NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
    -- Counts what clients can see of this job; a smaller number is older news.
    event_seq int NOT NULL DEFAULT 1,
    priority int NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 10),
    scheduled_at timestamptz NOT NULL DEFAULT now(),
    -- scheduled_at less one minute per level of priority: priority that ages, as a constant. Kept by a trigger.
    claim_rank timestamptz NOT NULL DEFAULT now(),
    -- Claims; counted before the work starts, so that a job which kills its process is counted too.
    attempts int NOT NULL DEFAULT 0,
    -- Attempts that ended with a lapsed lease.
    crashes int NOT NULL DEFAULT 0,
    -- Postponements that an upstream asked for; they do not count as attempts.
    deferrals int NOT NULL DEFAULT 0,
    max_retries int NOT NULL DEFAULT 3 CHECK (max_retries > 0),
    retry_count int GENERATED ALWAYS AS (greatest(attempts - 1, 0)) STORED,
    lease_token bigint,
    lease_until timestamptz,
    locked_by varchar(128),
    started_at timestamptz,
    completed_at timestamptz,
    error_code varchar(64),
    error_message text,
    error_stack text,
    -- Set on jobs that need a person: attempts_exhausted, poison, unreadable_payload, unknown_job_type.
    dead_reason varchar(32),
    result jsonb,
    -- SHA-256 of the request, to recognise a repeated submission.
    request_hash bytea,
    idempotency_key varchar(255),
    correlation_id varchar(128),
    traceparent varchar(64),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((status = 'processing') = (lease_token IS NOT NULL))
) WITH (
    -- Heartbeats and progress touch no indexed column: with room on the page they stay heap-only updates.
    fillfactor = 80,
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000,
    autovacuum_analyze_scale_factor = 0.05, autovacuum_vacuum_cost_delay = 0
);
-- Partial indexes: the finished jobs of a week cost the claim nothing.
CREATE INDEX idx_job_queue_pending ON job_queue (user_id, claim_rank) WHERE status = 'pending';
CREATE INDEX idx_job_queue_processing ON job_queue (user_id) WHERE status = 'processing';
CREATE INDEX idx_job_queue_user_created ON job_queue (user_id, created_at DESC);
CREATE INDEX idx_job_queue_completed_at ON job_queue (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX idx_job_queue_dead ON job_queue (completed_at) WHERE dead_reason IS NOT NULL;

-- One row per user who ever queued a job: who is served next. lane_key is NULL while there is nothing to claim; it is a hint,
-- the claim looks at the jobs themselves and the sweep repairs it.
CREATE TABLE job_lanes (
    user_id uuid PRIMARY KEY REFERENCES profiles (id) ON DELETE CASCADE,
    lane_key timestamptz,
    -- True while the user has waiting jobs but runs as many as allowed.
    parked boolean NOT NULL DEFAULT false,
    -- Jobs per turn, and how many of this turn are left.
    weight int NOT NULL DEFAULT 1 CHECK (weight BETWEEN 1 AND 100),
    credit int NOT NULL DEFAULT 1
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX idx_job_lanes_turn ON job_lanes (lane_key) WHERE lane_key IS NOT NULL;

CREATE TABLE idempotency_keys (
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    key varchar(255) NOT NULL,
    request_hash bytea NOT NULL,
    job_id uuid NOT NULL,
    response text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, key)
);
CREATE INDEX idx_idempotency_keys_expires_at ON idempotency_keys (expires_at);

-- The plan's ledger: one row per job, charged or refunded exactly once. No reference to job_queue: the ledger outlives jobs.
CREATE TABLE quota_reservations (
    job_id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    period_start timestamptz NOT NULL,
    state varchar(16) NOT NULL DEFAULT 'reserved' CHECK (state IN ('reserved', 'charged', 'refunded')),
    reserved_at timestamptz NOT NULL DEFAULT now(),
    settled_at timestamptz
);
CREATE INDEX idx_quota_reservations_user_period ON quota_reservations (user_id, period_start) WHERE state <> 'refunded';

CREATE FUNCTION job_queue_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.status IN ('completed', 'failed', 'cancelled') AND NOT (OLD.status <> 'completed' AND NEW.status = 'pending') AND (
            NEW.status <> OLD.status OR NEW.progress <> OLD.progress OR NEW.result IS DISTINCT FROM OLD.result
            OR NEW.completed_at IS DISTINCT FROM OLD.completed_at OR NEW.attempts <> OLD.attempts) THEN
            RAISE EXCEPTION 'job % is % and cannot change', OLD.id, OLD.status USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    NEW.claim_rank := NEW.scheduled_at - NEW.priority * interval '60 seconds';
    RETURN NEW;
END
$$;
CREATE TRIGGER job_queue_rank BEFORE INSERT ON job_queue FOR EACH ROW EXECUTE FUNCTION job_queue_guard();
CREATE TRIGGER job_queue_guard BEFORE UPDATE ON job_queue FOR EACH ROW
    WHEN (OLD.status IN ('completed', 'failed', 'cancelled') OR OLD.scheduled_at <> NEW.scheduled_at OR OLD.priority <> NEW.priority)
    EXECUTE FUNCTION job_queue_guard();

-- Tells listeners what a client may know of a job; they read the rest from the row.
CREATE FUNCTION job_notify(q job_queue, p_event text) RETURNS void
LANGUAGE sql SET search_path = '' AS $$
    SELECT pg_catalog.pg_notify('yto_events', pg_catalog.json_build_object('kind', 'job', 'event', p_event, 'jobId', q.id, 'userId', q.user_id,
        'seq', q.event_seq, 'status', q.status, 'progress', q.progress, 'stage', q.stage)::text);
$$;

-- The user's plan and current period. A plan that is not active counts as free; periods without a subscription are UTC months.
CREATE FUNCTION quota_window(p_user uuid, p_now timestamptz)
RETURNS TABLE (tier text, video_limit int, period_start timestamptz, period_end timestamptz, features jsonb)
LANGUAGE sql STABLE AS $$
    WITH plan AS (
        SELECT CASE WHEN s.status IN ('active', 'trialing', 'past_due') THEN s.tier::text ELSE 'free' END AS tier,
               s.current_period_start AS anchor,
               -- Whole months since the anchor, so that a period renews itself without a billing run.
               greatest(0, (extract(year FROM age(p_now, s.current_period_start)) * 12 + extract(month FROM age(p_now, s.current_period_start)))::int) AS months,
               s.current_period_end, s.current_period_end > p_now AS current
        FROM user_subscriptions s WHERE s.user_id = p_user
        UNION ALL
        SELECT 'free', date_trunc('month', p_now, 'UTC'), 0, date_trunc('month', p_now, 'UTC') + interval '1 month', true
        LIMIT 1
    )
    SELECT plan.tier, coalesce(l.video_analysis_limit, 0),
           CASE WHEN plan.current THEN plan.anchor ELSE plan.anchor + plan.months * interval '1 month' END,
           CASE WHEN plan.current THEN plan.current_period_end ELSE plan.anchor + (plan.months + 1) * interval '1 month' END,
           coalesce(l.features, '{}')
    FROM plan LEFT JOIN subscription_limits l ON l.tier = plan.tier;
$$;

-- One submission: idempotency key, caps, quota, job and ledger row in one transaction and one round trip.
-- The lane's row lock puts one user's submissions in order, which makes the counts exact.
-- p_user_depth: waiting and running jobs one user may have, 0 for no limit.
-- outcome: created, replayed, duplicate, key_conflict, user_full, quota_exceeded.
CREATE FUNCTION job_enqueue(
    p_id uuid, p_user uuid, p_type text, p_payload jsonb, p_configuration jsonb, p_title text, p_hash bytea,
    p_key text, p_response text, p_correlation text, p_traceparent text,
    p_priority int, p_scheduled_at timestamptz, p_max_attempts int,
    p_user_depth int, p_key_ttl interval, p_duplicate_window interval, p_charge boolean)
RETURNS TABLE (outcome text, job_id uuid, response text, used int, allowed int, resets_at timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_lane job_lanes;
    v_now timestamptz;
    v_known idempotency_keys;
    v_twin uuid;
    v_active int;
    v_used int := 0;
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
    IF p_charge THEN
        IF v_window.video_limit >= 0 THEN
            SELECT count(*) INTO v_used FROM quota_reservations
            WHERE user_id = p_user AND period_start = v_window.period_start AND state <> 'refunded';
            IF v_used >= v_window.video_limit THEN
                RETURN QUERY SELECT 'quota_exceeded', NULL::uuid, NULL::text, v_used, v_window.video_limit, v_window.period_end;
                RETURN;
            END IF;
        END IF;
        INSERT INTO quota_reservations (job_id, user_id, period_start) VALUES (p_id, p_user, v_window.period_start);
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
    RETURN QUERY SELECT 'created', p_id, p_response, v_used, v_window.video_limit, v_window.period_end;
END
$$;

-- Runs a failed or cancelled job again, in its own row, under the same caps as a new one.
-- outcome: restarted, not_found, wrong_state, user_full, quota_exceeded.
CREATE FUNCTION job_restart(p_id uuid, p_user uuid, p_user_depth int, p_charge boolean)
RETURNS TABLE (outcome text, status text, used int, allowed int, resets_at timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_status text;
    v_active int;
    v_used int := 0;
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
        SELECT count(*) INTO v_used FROM quota_reservations
        WHERE user_id = p_user AND period_start = v_window.period_start AND state <> 'refunded';
        IF v_window.video_limit >= 0 AND v_used >= v_window.video_limit THEN
            RETURN QUERY SELECT 'quota_exceeded', v_status, v_used, v_window.video_limit, v_window.period_end;
            RETURN;
        END IF;
        INSERT INTO quota_reservations (job_id, user_id, period_start) VALUES (p_id, p_user, v_window.period_start)
        ON CONFLICT (job_id) DO UPDATE SET state = 'reserved', period_start = excluded.period_start, reserved_at = v_now, settled_at = NULL
        WHERE quota_reservations.state = 'refunded';
    END IF;
    UPDATE job_queue q SET status = 'pending', progress = 0, stage = 'queued', attempts = 0, crashes = 0, deferrals = 0,
        scheduled_at = v_now, started_at = NULL, completed_at = NULL, error_code = NULL, error_message = NULL, error_stack = NULL,
        dead_reason = NULL, result = NULL, event_seq = q.event_seq + 1, updated_at = v_now
    WHERE q.id = p_id;
    UPDATE video_analysis_logs SET status = 'initiated', stage = 'queued', progress_percentage = 0, error_message = NULL, error_code = NULL,
        failed_at = NULL, completed_at = NULL WHERE job_id = p_id;
    UPDATE job_lanes SET lane_key = v_now WHERE user_id = p_user AND NOT parked AND lane_key IS NULL;
    RETURN QUERY SELECT 'restarted', 'pending'::text, v_used, coalesce(v_window.video_limit, -1), v_window.period_end;
END
$$;

-- Claims up to p_limit jobs, users in turn. First the lanes are locked, then, with a fresh snapshot, their jobs are read: a job
-- that was queued in between is seen. Nothing here waits for a lock, so claims cannot take part in a deadlock.
-- p_suspects: how many jobs may be taken whose last two attempts ended with their process (they run one at a time).
CREATE FUNCTION job_claim(p_worker text, p_limit int, p_user_running int, p_suspects int, p_lease interval)
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
                WHERE q.user_id = u.user_id AND q.status = 'pending' AND q.scheduled_at <= v_now
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
               (SELECT q.priority FROM job_queue q WHERE q.user_id = u.user_id AND q.status = 'pending' AND q.scheduled_at <= v_now
                ORDER BY q.claim_rank LIMIT 1) AS head
        FROM unnest(v_lanes) AS u (user_id)
    ) s
    WHERE l.user_id = s.user_id
      -- A lane that the limit cut off keeps its turn.
      AND (s.taken > 0 OR s.head IS NULL OR s.running >= p_user_running OR coalesce(cardinality(v_ids), 0) < p_limit);
END
$$;
