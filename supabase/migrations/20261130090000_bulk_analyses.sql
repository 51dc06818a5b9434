-- Many videos in one request. The places of the plan are taken when the request is accepted, all or none; the jobs themselves come into the
-- queue a few at a time, as earlier ones end, so that a batch neither passes the caps of the queue nor leaves its owner no room for a single
-- analysis. What a batch's state is, is counted from its items.

CREATE TABLE bulk_analyses (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    source varchar(16) NOT NULL CHECK (source IN ('videos', 'playlist', 'channel')),
    -- The playlist's id; the channel's id, handle or user name. NULL for a list of videos.
    source_id varchar(64),
    title varchar(200) NOT NULL,
    -- language, tone.
    configuration jsonb NOT NULL DEFAULT '{}',
    -- Videos that were named more than once and taken once.
    duplicates int NOT NULL DEFAULT 0 CHECK (duplicates >= 0),
    -- Videos of the playlist or channel beyond the most that one request takes.
    beyond_limit int NOT NULL DEFAULT 0 CHECK (beyond_limit >= 0),
    correlation_id varchar(128),
    traceparent varchar(64),
    created_at timestamptz NOT NULL DEFAULT now(),
    cancelled_at timestamptz,
    -- When the last item ended; NULL again when one is restarted.
    finished_at timestamptz
);
CREATE INDEX idx_bulk_analyses_user_created ON bulk_analyses (user_id, created_at DESC, id DESC);
CREATE INDEX idx_bulk_analyses_open ON bulk_analyses (user_id, created_at) WHERE finished_at IS NULL;
CREATE INDEX idx_bulk_analyses_finished_at ON bulk_analyses (finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE bulk_analysis_items (
    bulk_id uuid NOT NULL REFERENCES bulk_analyses (id) ON DELETE CASCADE,
    -- From 1, as sent or listed.
    position int NOT NULL CHECK (position >= 1),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    -- What was sent, cut; for people.
    input varchar(200) NOT NULL,
    video_id varchar(11),
    -- The job's id from the beginning, also while it waits for the queue; NULL for what was refused. No reference: items outlive jobs.
    job_id uuid UNIQUE,
    -- waiting: not in the queue yet; queued: the job's own state says more.
    state varchar(16) NOT NULL CHECK (state IN ('waiting', 'queued', 'completed', 'failed', 'cancelled', 'refused')),
    error_code varchar(64),
    error_message text,
    PRIMARY KEY (bulk_id, position)
);
CREATE INDEX idx_bulk_analysis_items_user ON bulk_analysis_items (user_id);
CREATE INDEX idx_bulk_analysis_items_waiting ON bulk_analysis_items (bulk_id, position) WHERE state = 'waiting';
CREATE INDEX idx_bulk_analysis_items_queued ON bulk_analysis_items (user_id, bulk_id) WHERE state = 'queued';

SELECT secure_table('bulk_analyses');
SELECT secure_table('bulk_analysis_items');

-- One request: key, plan, places of the plan, batch and items in one transaction and one round trip. The lane's row lock puts one user's
-- submissions, single ones and batches, in order, which makes the counts exact.
-- p_items: [{position, input, videoId, jobId, code, message}]; without a jobId an item is refused for the reason given.
-- outcome: created, replayed, key_conflict, not_in_plan, too_many_open, quota_exceeded. used and allowed: of the plan's period; left: what it
-- still gives, -1 for no limit.
CREATE FUNCTION bulk_create(
    p_id uuid, p_user uuid, p_source text, p_source_id text, p_title text, p_configuration jsonb, p_duplicates int, p_beyond int, p_items jsonb,
    p_hash bytea, p_key text, p_response text, p_correlation text, p_traceparent text, p_most_open int, p_key_ttl interval)
RETURNS TABLE (outcome text, bulk_id uuid, response text, used int, allowed int, left_over int, resets_at timestamptz)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_known idempotency_keys;
    v_open int;
    v_plan record;
    v_usage record;
    v_wanted int;
    v_left int := -1;
    v_used int := 0;
    v_allowed int := -1;
    v_item record;
    v_place record;
BEGIN
    INSERT INTO job_lanes (user_id) SELECT p_user WHERE NOT EXISTS (SELECT 1 FROM job_lanes l WHERE l.user_id = p_user) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM job_lanes l WHERE l.user_id = p_user FOR UPDATE;
    v_now := clock_timestamp();

    IF p_key IS NOT NULL THEN
        SELECT * INTO v_known FROM idempotency_keys k WHERE k.user_id = p_user AND k.key = p_key;
        IF FOUND AND v_known.expires_at > v_now THEN
            RETURN QUERY SELECT CASE WHEN v_known.request_hash = p_hash THEN 'replayed' ELSE 'key_conflict' END,
                v_known.job_id, v_known.response, 0, 0, 0, NULL::timestamptz;
            RETURN;
        END IF;
    END IF;

    SELECT * INTO v_plan FROM quota_window(p_user, v_now);
    IF NOT coalesce((v_plan.features ->> 'bulk_analysis')::boolean, false) THEN
        RETURN QUERY SELECT 'not_in_plan', NULL::uuid, NULL::text, 0, 0, 0, NULL::timestamptz;
        RETURN;
    END IF;

    SELECT count(*) INTO v_open FROM bulk_analyses b WHERE b.user_id = p_user AND b.finished_at IS NULL;
    IF v_open >= p_most_open THEN
        RETURN QUERY SELECT 'too_many_open', NULL::uuid, NULL::text, v_open, p_most_open, 0, NULL::timestamptz;
        RETURN;
    END IF;

    SELECT count(*) INTO v_wanted FROM jsonb_array_elements(p_items) i WHERE i ->> 'jobId' IS NOT NULL;
    IF v_plan.video_limit >= 0 THEN
        SELECT * INTO v_usage FROM quota_usage(p_user, v_plan.period_start, v_plan.video_limit, v_now);
        v_used := v_usage.used;
        v_allowed := v_usage.allowed;
        v_left := greatest(0, v_plan.video_limit - (v_usage.used - v_usage.used_bonus)) + v_usage.bonus_left;
        IF v_wanted > v_left THEN
            RETURN QUERY SELECT 'quota_exceeded', NULL::uuid, NULL::text, v_used, v_allowed, v_left, v_plan.period_end;
            RETURN;
        END IF;
    END IF;
    FOR v_item IN SELECT (i ->> 'jobId')::uuid AS job_id FROM jsonb_array_elements(p_items) i WHERE i ->> 'jobId' IS NOT NULL LOOP
        SELECT * INTO v_place FROM quota_reserve(v_item.job_id, p_user, v_plan.video_limit, v_plan.period_start, v_now);
        IF NOT v_place.granted THEN
            RAISE EXCEPTION 'the plan has no place for a video of a batch that fits it';
        END IF;
    END LOOP;

    INSERT INTO bulk_analyses (id, user_id, source, source_id, title, configuration, duplicates, beyond_limit, correlation_id, traceparent, created_at)
    VALUES (p_id, p_user, p_source, p_source_id, p_title, p_configuration, p_duplicates, p_beyond, p_correlation, p_traceparent, v_now);
    INSERT INTO bulk_analysis_items (bulk_id, position, user_id, input, video_id, job_id, state, error_code, error_message)
    SELECT p_id, i.position, p_user, i.input, i."videoId", i."jobId", CASE WHEN i."jobId" IS NULL THEN 'refused' ELSE 'waiting' END, i.code, i.message
    FROM jsonb_to_recordset(p_items) AS i (position int, input text, "videoId" text, "jobId" uuid, code text, message text);

    IF p_key IS NOT NULL THEN
        INSERT INTO idempotency_keys (user_id, key, request_hash, job_id, response, created_at, expires_at)
        VALUES (p_user, p_key, p_hash, p_id, p_response, v_now, v_now + p_key_ttl)
        ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash, job_id = excluded.job_id,
            response = excluded.response, created_at = excluded.created_at, expires_at = excluded.expires_at;
    END IF;
    RETURN QUERY SELECT 'created', p_id, p_response, v_used, v_allowed, CASE WHEN v_left < 0 THEN -1 ELSE v_left - v_wanted END, v_plan.period_end;
END
$$;

-- How a job ended, for its item: whatever ended it, and also when it begins anew. Jobs of no batch cost one look at their configuration.
CREATE FUNCTION bulk_item_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    v_bulk uuid;
BEGIN
    IF NEW.status IN ('completed', 'failed', 'cancelled') THEN
        UPDATE public.bulk_analysis_items SET state = NEW.status, error_code = NEW.error_code, error_message = NEW.error_message
        WHERE job_id = NEW.id AND state = 'queued';
    ELSE
        UPDATE public.bulk_analysis_items SET state = 'queued', error_code = NULL, error_message = NULL
        WHERE job_id = NEW.id AND state IN ('failed', 'cancelled') RETURNING bulk_id INTO v_bulk;
        -- Also when it is open: whoever finishes the batch at this moment must look again.
        UPDATE public.bulk_analyses SET finished_at = NULL WHERE id = v_bulk;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER job_queue_bulk AFTER UPDATE OF status ON job_queue FOR EACH ROW
    WHEN (OLD.status <> NEW.status AND NEW.configuration ? 'bulkId'
        AND (NEW.status IN ('completed', 'failed', 'cancelled') OR OLD.status IN ('failed', 'cancelled')))
    EXECUTE FUNCTION bulk_item_follows();
