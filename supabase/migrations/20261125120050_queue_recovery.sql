-- Jobs of a worker that went silent are "orphans": still processing, held by nobody (locked_by is NULL), with a new fencing token. Workers take them
-- over before anything else; users' places stay taken meanwhile, so neither turns nor caps stand in the way.
ALTER TABLE job_queue
    -- Crashes in which the worker ran nothing but this job.
    ADD COLUMN crashes_alone int NOT NULL DEFAULT 0;
CREATE INDEX idx_job_queue_orphans ON job_queue (id) WHERE status = 'processing' AND locked_by IS NULL;

-- As before, and what is known of crashes starts anew.
CREATE FUNCTION job_queue_restarted() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    NEW.crashes_alone := 0;
    RETURN NEW;
END
$$;
CREATE TRIGGER job_queue_restarted BEFORE UPDATE ON job_queue FOR EACH ROW
    WHEN (OLD.status IN ('failed', 'cancelled') AND NEW.status = 'pending') EXECUTE FUNCTION job_queue_restarted();
