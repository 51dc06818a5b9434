-- A queue is empty most of the time, so its plans are made and kept when reading all of it looks cheapest; when a burst came, every submission
-- read the whole queue until the next ANALYZE. Two remedies:

-- The index for postponed jobs was one of pending jobs by time and looked as good as the one by user. As an expression it serves only the
-- questions that ask by this expression.
DROP INDEX idx_job_queue_due;
CREATE INDEX idx_job_queue_due ON job_queue ((CASE WHEN status = 'pending' THEN scheduled_at END))
    WHERE (CASE WHEN status = 'pending' THEN scheduled_at END) IS NOT NULL;

-- As for job_claim: only the indexes are right at every size.
ALTER FUNCTION job_enqueue SET enable_seqscan = off;
ALTER FUNCTION job_enqueue SET enable_bitmapscan = off;
ALTER FUNCTION job_restart SET enable_seqscan = off;
ALTER FUNCTION job_restart SET enable_bitmapscan = off;
