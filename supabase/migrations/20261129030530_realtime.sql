-- What clients are told: notifications that change in place, and a time on every hint so that delivery can be measured.

ALTER TABLE notifications
    -- Counts what clients can see of this row; a smaller number is older news.
    ADD COLUMN version int NOT NULL DEFAULT 1,
    ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
CREATE INDEX idx_notifications_user_updated ON notifications (user_id, updated_at);

CREATE FUNCTION notification_versioned() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    NEW.version := OLD.version + 1;
    NEW.updated_at := pg_catalog.clock_timestamp();
    RETURN NEW;
END
$$;
CREATE TRIGGER notifications_versioned BEFORE UPDATE ON notifications FOR EACH ROW EXECUTE FUNCTION notification_versioned();

-- One hint per user and statement, whoever wrote: the product or an operator. More rows than a payload holds (8000 bytes) are read by time.
CREATE FUNCTION notifications_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('yto_events', pg_catalog.json_build_object('kind', 'notification', 'op', pg_catalog.lower(TG_OP), 'userId', c.user_id,
        'ids', CASE WHEN pg_catalog.count(*) <= 100 THEN pg_catalog.json_agg(c.id) END,
        'at', pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()))::text)
    FROM changed c GROUP BY c.user_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER notifications_added AFTER INSERT ON notifications REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION notifications_changed();
CREATE TRIGGER notifications_updated AFTER UPDATE ON notifications REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION notifications_changed();
CREATE TRIGGER notifications_deleted AFTER DELETE ON notifications REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION notifications_changed();

-- As before, with what a progress line shows and the time of the change.
CREATE OR REPLACE FUNCTION job_notify(q job_queue, p_event text) RETURNS void
LANGUAGE sql SET search_path = '' AS $$
    SELECT pg_catalog.pg_notify('yto_events', pg_catalog.json_build_object('kind', 'job', 'event', p_event, 'jobId', q.id, 'userId', q.user_id,
        'seq', q.event_seq, 'status', q.status, 'progress', q.progress, 'stage', q.stage, 'type', q.job_type,
        'title', pg_catalog.left(q.video_title, 200), 'at', pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()))::text);
$$;
