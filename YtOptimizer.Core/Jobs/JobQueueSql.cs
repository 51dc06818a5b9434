namespace YtOptimizer.Core.Jobs;

/// <summary>
/// The statements of the queue. Writes to a claimed job carry its fencing token and its state in the WHERE clause; 0 rows mean that the
/// job was cancelled, finished or given to another worker, and the caller must drop what it holds.
/// </summary>
internal static class JobQueueSql
{
    public const string Enqueue = """
        SELECT * FROM job_enqueue(@Id, @UserId, @JobType, @Payload::jsonb, @Configuration::jsonb, @Title, @RequestHash,
            @IdempotencyKey, @Response, @CorrelationId, @Traceparent, @Priority, @ScheduledAt::timestamptz, @MaxAttempts,
            @UserDepth, @KeyTtl, @DuplicateWindow, @Charged)
        """;

    public const string Claim = "SELECT * FROM job_claim(@worker, @limit, @userRunning, @suspects, @lease)";

    // A worker renews all its leases in one statement: when one has lapsed the worker is silent, and all it held is orphaned. A new token
    // keeps it out should it come back.
    public const string Orphan = """
        WITH silent AS (
            SELECT locked_by, count(*) AS held FROM job_queue WHERE status = 'processing' AND locked_by IS NOT NULL
            GROUP BY locked_by HAVING min(lease_until) < clock_timestamp()
        ), lost AS (
            SELECT q.id, s.held FROM job_queue q JOIN silent s ON s.locked_by = q.locked_by WHERE q.status = 'processing'
            ORDER BY q.id FOR UPDATE OF q SKIP LOCKED
        )
        UPDATE job_queue q SET crashes = q.crashes + 1, crashes_alone = q.crashes_alone + (lost.held = 1)::int, error_code = 'worker_lost',
            error_message = @message,
            lease_token = nextval('job_lease_tokens'), lease_until = least(q.lease_until, clock_timestamp()), locked_by = NULL,
                updated_at = clock_timestamp()
        FROM lost WHERE q.id = lost.id
        """;

    // Orphans go on where they were: no turn, no cap, no round through the queue. Few may be suspects (see SuspectAfter).
    public const string TakeOver = """
        WITH healthy AS (
            SELECT id FROM job_queue WHERE status = 'processing' AND locked_by IS NULL AND crashes < @suspectAfter
            ORDER BY id LIMIT @limit FOR UPDATE SKIP LOCKED
        ), suspect AS (
            SELECT id FROM job_queue WHERE status = 'processing' AND locked_by IS NULL AND crashes >= @suspectAfter
                AND crashes < @mostCrashes AND crashes_alone < @mostAlone
            ORDER BY id LIMIT least(@suspects, @limit - (SELECT count(*) FROM healthy)) FOR UPDATE SKIP LOCKED
        )
        UPDATE job_queue q SET attempts = q.attempts + 1, lease_token = nextval('job_lease_tokens'),
            lease_until = clock_timestamp() + @lease, locked_by = @worker,
            event_seq = q.event_seq + 1, updated_at = clock_timestamp()
        WHERE q.id IN (SELECT id FROM healthy UNION ALL SELECT id FROM suspect)
        RETURNING q.id, q.user_id, q.job_type, q.payload::text AS payload, q.attempts AS attempt, q.max_retries AS max_attempts, q.crashes,
            q.deferrals, q.progress,
            q.lease_token, q.correlation_id, q.traceparent, q.created_at, 0::double precision AS waited_seconds
        """;

    // What a process of its own runs for its worker.
    public const string Held = """
        SELECT q.id, q.user_id, q.job_type, q.payload::text AS payload, q.attempts AS attempt, q.max_retries AS max_attempts, q.crashes,
            q.deferrals, q.progress,
            q.lease_token, q.correlation_id, q.traceparent, q.created_at, 0::double precision AS waited_seconds
        FROM job_queue q WHERE q.id = @id AND q.lease_token = @token AND q.status = 'processing'
        """;

    public const string Heartbeat = """
        UPDATE job_queue q SET lease_until = clock_timestamp() + @lease
        FROM unnest(@ids, @tokens) AS held (id, token)
        WHERE q.id = held.id AND q.lease_token = held.token AND q.status = 'processing'
        RETURNING q.id
        """;

    public const string StillMine = """
        SELECT q.id FROM unnest(@ids, @tokens) AS held (id, token)
        JOIN job_queue q ON q.id = held.id AND q.lease_token = held.token AND q.status = 'processing'
        """;

    // Progress only grows: an attempt that repeats earlier steps shows nothing until it gets further.
    public const string Progress = """
        UPDATE job_queue q SET progress = @percent, stage = @stage, event_seq = q.event_seq + 1, updated_at = clock_timestamp()
        WHERE q.id = @id AND q.lease_token = @token AND q.status = 'processing' AND q.progress < @percent
        RETURNING job_notify(q, 'job-progress')::text
        """;

    public const string Complete = """
        UPDATE job_queue q SET status = 'completed', progress = 100, stage = 'completed', result = @result::jsonb,
            video_title = coalesce(@title, q.video_title),
            lease_token = NULL, lease_until = NULL, locked_by = NULL, completed_at = clock_timestamp(), updated_at = clock_timestamp(),
            error_code = NULL, error_message = NULL, event_seq = q.event_seq + 1
        WHERE q.id = @id AND q.lease_token = @token AND q.status = 'processing'
        RETURNING q.user_id
        """;

    // Jobs without effects of their own, many in one transaction.
    public const string CompleteMany = """
        WITH done AS (
            UPDATE job_queue q SET status = 'completed', progress = 100, stage = 'completed', lease_token = NULL, lease_until = NULL,
                locked_by = NULL,
                completed_at = clock_timestamp(), updated_at = clock_timestamp(), error_code = NULL, error_message = NULL,
                    event_seq = q.event_seq + 1
            FROM unnest(@ids, @tokens) AS held (id, token)
            WHERE q.id = held.id AND q.lease_token = held.token AND q.status = 'processing'
            RETURNING q.id, q.user_id
        ), settled AS (
            UPDATE quota_reservations r SET state = 'charged', settled_at = clock_timestamp() FROM done WHERE r.job_id = done.id
                AND r.state = 'reserved'
        ), unparked AS (
            UPDATE job_lanes l SET lane_key = clock_timestamp(), parked = false
            FROM (SELECT user_id FROM job_lanes WHERE parked AND user_id IN (SELECT user_id FROM done) ORDER BY user_id FOR UPDATE) p
            WHERE l.user_id = p.user_id
        )
        SELECT id FROM done
        """;

    public const string Retry = """
        UPDATE job_queue q SET status = 'pending', stage = 'retrying', scheduled_at = clock_timestamp() + @delay,
            deferrals = q.deferrals + @deferred::int,
            attempts = q.attempts - @deferred::int, error_code = @code, error_message = @message,
            lease_token = NULL, lease_until = NULL, locked_by = NULL, event_seq = q.event_seq + 1, updated_at = clock_timestamp()
        WHERE q.id = @id AND q.lease_token = @token AND q.status = 'processing'
        RETURNING q.user_id, job_notify(q, 'job-progress')::text
        """;

    public const string Fail = """
        UPDATE job_queue q SET status = 'failed', stage = 'failed', error_code = @code, error_message = @message, error_stack = @stack,
            dead_reason = @dead,
            lease_token = NULL, lease_until = NULL, locked_by = NULL, completed_at = clock_timestamp(), event_seq = q.event_seq + 1,
                updated_at = clock_timestamp()
        WHERE q.id = @id AND q.lease_token = @token AND q.status = 'processing'
        RETURNING q.user_id
        """;

    // A stopping worker hands its jobs back: the attempt never happened.
    public const string Release = """
        WITH back AS (
            UPDATE job_queue q SET status = 'pending', attempts = q.attempts - 1, lease_token = NULL, lease_until = NULL, locked_by = NULL,
                updated_at = clock_timestamp()
            FROM unnest(@ids, @tokens) AS held (id, token)
            WHERE q.id = held.id AND q.lease_token = held.token AND q.status = 'processing'
            RETURNING q.id, q.user_id
        ), woken AS (
            UPDATE job_lanes l SET lane_key = clock_timestamp(), parked = false
            FROM (SELECT user_id FROM job_lanes WHERE lane_key IS NULL AND user_id IN (SELECT user_id FROM back)
                ORDER BY user_id FOR UPDATE) p
            WHERE l.user_id = p.user_id
        )
        SELECT id FROM back
        """;

    // After a completion only a lane that waited for room needs a hint, after a retry or release any idle one.
    public const string Unpark = """
        UPDATE job_lanes l SET lane_key = clock_timestamp(), parked = false
        FROM (SELECT user_id FROM job_lanes WHERE lane_key IS NULL AND user_id = ANY (@users) ORDER BY user_id FOR UPDATE) p
        WHERE l.user_id = p.user_id
        """;

    public const string Notify = "SELECT job_notify(q, @event)::text FROM job_queue q WHERE q.id = @id";
}
