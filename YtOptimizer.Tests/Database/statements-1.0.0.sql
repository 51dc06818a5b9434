DELETE FROM access_changes WHERE id IN (SELECT id FROM access_changes WHERE created_at < now() - interval '26 hours' LIMIT $1)
-- next
DELETE FROM audits WHERE id = $1 AND (user_id = $2 OR $3) RETURNING user_id, video_url, video_title
-- next
DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(SELECT ctid FROM idempotency_keys
    WHERE expires_at < now() LIMIT $1 FOR UPDATE SKIP LOCKED))
-- next
DELETE FROM invitations WHERE id = $1
-- next
DELETE FROM ip_rate_limits WHERE ip_address = $1::inet OR ip_address = $2::inet
-- next
DELETE FROM ip_rate_limits WHERE last_request < now() - interval '7 days' AND (blocked_until IS NULL OR blocked_until < now())
-- next
DELETE FROM job_queue WHERE id IN (
    SELECT id FROM job_queue WHERE completed_at < now() - make_interval(days => $1) AND dead_reason IS NULL
      AND status IN ('completed', 'failed', 'cancelled')
    ORDER BY completed_at LIMIT $2 FOR UPDATE SKIP LOCKED)
RETURNING payload ->> 'uploadKey'
-- next
DELETE FROM login_attempts WHERE email_digest = $1
-- next
DELETE FROM login_attempts WHERE email_digest IN (SELECT email_digest FROM login_attempts WHERE updated_at < now() - interval '30 days' LIMIT $1)
-- next
DELETE FROM mail_outbox WHERE id = $1
-- next
DELETE FROM mail_outbox WHERE id IN (SELECT id FROM mail_outbox WHERE coalesce(sent_at, failed_at, expires_at) < now() - interval '7 days' LIMIT $1)
-- next
DELETE FROM notifications WHERE id = $1 AND user_id = $2
-- next
DELETE FROM notifications WHERE id IN (SELECT id FROM notifications WHERE read
    AND created_at < now() - interval '30 days' LIMIT $1 FOR UPDATE SKIP LOCKED)
-- next
DELETE FROM password_reset_tokens WHERE id IN (SELECT id FROM password_reset_tokens WHERE expires_at < now() - interval '7 days' LIMIT $1)
-- next
DELETE FROM refresh_tokens WHERE digest IN (SELECT t.digest FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id WHERE t.created_at < now() - interval '31 days' AND t.generation < s.generation - 1 LIMIT $1)
-- next
DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE least(expires_at, coalesce(revoked_at, expires_at)) < now() - interval '30 days' LIMIT $1)
-- next
DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE revoked_at IS NULL AND idle_expires_at < now() - interval '30 days' LIMIT $1)
-- next
DELETE FROM social_hand_overs WHERE code_digest = $1 RETURNING user_id, provider, expires_at > now() AS alive
-- next
DELETE FROM social_sign_ins WHERE state_digest = $1 AND provider = $2 RETURNING code_verifier, nonce,
    expires_at > now() AS alive
-- next
DELETE FROM social_sign_ins WHERE state_digest IN (SELECT state_digest FROM social_sign_ins WHERE expires_at < now() LIMIT $1)
-- next
DELETE FROM spend_counters WHERE scope LIKE 'run:%' AND updated_at < $1
-- next
DELETE FROM stored_files WHERE created_at < $1 AND starts_with(key, $2 || '/')
-- next
DELETE FROM stored_files WHERE key = $1
-- next
DELETE FROM suggestion_cache WHERE expires_at <= $1
-- next
DELETE FROM suggestion_flights WHERE cache_key = $1 AND holder = $2
-- next
DELETE FROM suggestion_flights WHERE lease_until <= $1
-- next
DELETE FROM video_metadata_cache WHERE expires_at <= $1
-- next
DELETE FROM video_metadata_cache WHERE video_id = $1
-- next
INSERT INTO account_credentials (user_id, password_hash) VALUES ($1, $2)
ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, breach_count = NULL, changed_at = now()
-- next
INSERT INTO api_request_logs (request_id, user_id, endpoint, method, status_code, response_time_ms, request_size_bytes,
    response_size_bytes, ip_address, user_agent, rate_limit_hit, created_at)
SELECT r."requestId", (SELECT p.id FROM profiles p WHERE p.id = r."userId"), r.endpoint, r.method, r."statusCode",
    r."responseTimeMs", r."requestSizeBytes", r."responseSizeBytes",
       r."ipAddress", r."userAgent", r."rateLimitHit", r."createdAt"
FROM jsonb_to_recordset($1::jsonb) AS r("requestId" text, "userId" uuid, endpoint text, method text, "statusCode" int,
    "responseTimeMs" int,
     "requestSizeBytes" int, "responseSizeBytes" int, "ipAddress" inet, "userAgent" text, "rateLimitHit" boolean,
         "createdAt" timestamptz)
ON CONFLICT (request_id) DO NOTHING
-- next
INSERT INTO audit_trail (id, actor_id, actor_email, actor_role, action, entity_type, entity_id, old_values, new_values, changes,
    ip_address, user_agent, session_id, request_id, reason, metadata)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb,
    $10::jsonb, $11::inet, $12, $13, $14, $15, $16::jsonb)
-- next
INSERT INTO audits (id, user_id, job_id, video_id, video_url, video_title, ai_titles, ai_description, ai_tags, ai_thumbnail_prompts,
    thumbnail_url,
    ai_image_prompt, score, analysis, ai_titles_with_reasoning, ai_description_detailed, ai_keywords_categorized, ai_chapters,
        ai_thumbnail_ideas, ai_thumbnail_ai_prompts, provenance, api_data_expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
    $12, $13, $14::jsonb, $15::jsonb, $16::jsonb, $17::jsonb, $18::jsonb,
        $19::jsonb, $10, $20::jsonb, $21::timestamptz)
-- next
INSERT INTO audits (id, user_id, job_id, video_url) VALUES (gen_random_uuid(), $1, $2, 'https://www.youtube.com/watch?v=x')
-- next
INSERT INTO audits (user_id, job_id, video_url) VALUES ($1, $2, 'x')
-- next
INSERT INTO audits (user_id, job_id, video_url, video_title, ai_titles, ai_description, ai_tags,
    ai_thumbnail_prompts)
VALUES ($1, $2, 'https://youtu.be/dQw4w9WgXcQ', $3, ARRAY['A better title'], 'A better description',
    ARRAY['tag one', 'tag two'], ARRAY['a prompt'])
-- next
INSERT INTO fleet_leases (name, holder, lease_until) VALUES ($1, $2, now() + $3)
ON CONFLICT (name) DO UPDATE SET holder = EXCLUDED.holder, lease_until = EXCLUDED.lease_until
WHERE fleet_leases.holder = EXCLUDED.holder OR fleet_leases.lease_until < now()
-- next
INSERT INTO invitation_usage (invitation_id, user_id) VALUES ($1, $2)
-- next
INSERT INTO invitations (id, code, email, email_key, max_uses, created_by, expires_at, metadata)
VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7), $8::jsonb)
RETURNING id, code, email, max_uses, expires_at
-- next
INSERT INTO ip_rate_limits (ip_address, endpoint, blocked_until, reason) VALUES ($1::inet, '*', now() + $2, $3)
RETURNING blocked_until
-- next
INSERT INTO ip_rate_limits AS l (ip_address, endpoint, request_count, window_start, blocked_until, user_agent, reason)
SELECT * FROM unnest($1::inet[], $2::text[], $3::int[], $4::timestamptz[], $5::timestamptz[],
    $6::text[], $7::text[])
ON CONFLICT (ip_address, endpoint) WHERE endpoint <> '*' DO UPDATE SET
    request_count = CASE WHEN l.window_start < excluded.window_start THEN excluded.request_count
        ELSE l.request_count + excluded.request_count END,
    window_start = greatest(l.window_start, excluded.window_start),
    blocked_until = CASE WHEN l.blocked_until > now() THEN l.blocked_until ELSE excluded.blocked_until END,
    reason = CASE WHEN l.blocked_until > now() THEN l.reason ELSE excluded.reason END,
    last_request = now(), user_agent = excluded.user_agent
-- next
INSERT INTO llm_calls (id, run_key, attempt, call_no, user_id, job_id, correlation_id, feature_type, model, reserved_tokens,
    prompt_tokens, created_at, deadline_at)
SELECT $1, $2, $3, COALESCE(max(call_no), 0) + 1, $4, $5, $6, $7, $8, $9, 0, $10,
    $11
FROM llm_calls WHERE run_key = $2 AND attempt = $3
-- next
INSERT INTO login_attempts AS a (email_digest, attempts, undecided, lock_level, locked_until)
VALUES ($1, 1, 1, CASE WHEN $2 = 1 THEN 1 ELSE 0 END, CASE WHEN $2 = 1 THEN now() + $3 END)
ON CONFLICT (email_digest) DO UPDATE SET
    attempts = CASE WHEN a.locked_until IS NOT NULL THEN 1 ELSE a.attempts + 1 END,
    lock_level = CASE WHEN $2 = 1 OR (a.locked_until IS NULL AND a.attempts + 1 >= $2) THEN least(a.lock_level + 1, 20)
        ELSE a.lock_level END,
    locked_until = CASE WHEN $2 = 1 OR (a.locked_until IS NULL AND a.attempts + 1 >= $2)
                        THEN now() + least($3 * power(2, a.lock_level), interval '1 day') END,
    undecided = CASE WHEN a.updated_at > now() - $4 THEN a.undecided ELSE 0 END + 1,
    updated_at = now()
WHERE a.locked_until IS NULL OR a.locked_until <= now()
RETURNING attempts
-- next
INSERT INTO mail_outbox (id, user_id, recipient, template, data, expires_at)
VALUES ($1, $2, $3, $4, $5::jsonb, now() + $6)
-- next
INSERT INTO model_status (upstream, model, answered_at) VALUES ($1, $2, $3)
ON CONFLICT (upstream) DO UPDATE SET model = $2, answered_at = $3
-- next
INSERT INTO model_status (upstream, model, last_failure, failed_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (upstream) DO UPDATE SET model = $2, last_failure = $3, failed_at = $4
-- next
INSERT INTO notifications (id, user_id, title, message, type, severity, action_url, action_button_text, callback, dedup_key,
    metadata)
VALUES ($1, $2, $3, $4, $5::notification_type, $6::notification_severity,
    $7, $8, $9, $10, $11::jsonb)
ON CONFLICT (user_id, dedup_key) WHERE dedup_key IS NOT NULL DO UPDATE SET title = excluded.title, message = excluded.message,
    type = excluded.type, severity = excluded.severity, action_url = excluded.action_url,
        action_button_text = excluded.action_button_text,
    callback = excluded.callback, metadata = excluded.metadata, read = false, read_at = NULL, created_at = clock_timestamp()
WHERE $12
-- next
INSERT INTO notifications (id, user_id, title, message, type, severity, action_url, action_button_text, callback, metadata)
SELECT gen_random_uuid(), p.id, $1, $2, $3::notification_type, $4::notification_severity,
    $5, $6, $7, $8::jsonb
FROM profiles p WHERE CASE WHEN $9 IS NULL THEN p.status = 'active' AND NOT p.account_locked ELSE p.id = $9 END
RETURNING id, user_id, title, message, type::text, severity::text, created_at
-- next
INSERT INTO password_reset_tokens (id, user_id, digest, expires_at) VALUES ($1, $2, $3, now() + $4)
-- next
INSERT INTO rate_limit_hits AS h (key, hits, allowed, expires_at)
VALUES ($1, ARRAY[clock_timestamp()], true, clock_timestamp() + $2)
ON CONFLICT (key) DO UPDATE SET (hits, allowed, expires_at) = (
    SELECT CASE WHEN a.used < $3 THEN a.alive || clock_timestamp() ELSE a.alive END, a.used < $3,
        clock_timestamp() + $2
    FROM (SELECT coalesce(array_agg(hit ORDER BY hit) FILTER (WHERE hit > clock_timestamp() - $2), '{}') AS alive,
                 count(*) FILTER (WHERE hit > clock_timestamp() - $2) AS used
          FROM unnest(h.hits) AS hit) a)
RETURNING allowed, cardinality(hits) AS used, greatest(0, extract(epoch
    FROM hits[1] + $2 - clock_timestamp()))::float8 AS seconds
-- next
INSERT INTO rate_limit_shares AS s (key, window_start, base, used, granted, expires_at)
VALUES ($1, clock_timestamp(), $2, least($3, greatest(0, $4 - $2)), least($3, greatest(0, $4 - $2)),
    clock_timestamp() + 2 * $5::interval)
ON CONFLICT (key) DO UPDATE SET (window_start, previous, base, used, granted, expires_at) = (
    SELECT r.start, r.previous, r.base, r.used + r.share, r.share, clock_timestamp() + 2 * $5::interval
    FROM (SELECT w.*, greatest(0, least($3, $4 - w.base - w.used
                     - ceil(w.previous * (1 - extract(epoch FROM clock_timestamp() - w.start) / extract(epoch
                         FROM $5::interval)))::int)) AS share
          FROM (SELECT CASE WHEN e.n = 0 THEN s.window_start WHEN e.n = 1 THEN s.window_start + $5::interval
              ELSE clock_timestamp() END AS start,
                       CASE WHEN e.n = 0 THEN s.previous WHEN e.n = 1 THEN s.base + s.used ELSE 0 END AS previous,
                       CASE WHEN e.n = 0 THEN greatest(s.base, $2) ELSE 0 END AS base,
                       CASE WHEN e.n = 0 THEN s.used ELSE 0 END AS used
                FROM (SELECT floor(extract(epoch FROM clock_timestamp() - s.window_start) / extract(epoch
                    FROM $5::interval))::int AS n) e) w) r)
RETURNING granted, base + used AS used, greatest(0.001, extract(epoch
    FROM window_start + $5::interval - clock_timestamp()))::float8 AS seconds
-- next
INSERT INTO security_events (id, user_id, event_type, ip_address, user_agent, device_id, metadata, event_category, severity,
    resource_type, resource_id, action, status, request_id)
VALUES ($1, $2, $3, $4::inet, $5, $6, $7::jsonb, $8, $9, $10, $11,
    $12, $13, $14)
-- next
INSERT INTO social_hand_overs (code_digest, user_id, provider, expires_at) VALUES ($1, $2, $3, now() + $4)
-- next
INSERT INTO social_sign_ins (state_digest, provider, code_verifier, nonce, expires_at)
VALUES ($1, $2, $3, $4, now() + $5)
-- next
INSERT INTO spend_counters AS c (scope, period, tokens) VALUES ($1, $2, $3)
ON CONFLICT (scope, period) DO UPDATE SET tokens = c.tokens + $3, updated_at = now() WHERE c.tokens + $3 <= $4
-- next
INSERT INTO stored_file_pieces (key, number, bytes) VALUES ($1, $2, $3)
-- next
INSERT INTO stored_files (key, created_at) VALUES ($1, $2)
-- next
INSERT INTO suggestion_cache (cache_key, video_key, model, prompt_version, candidates, prompt_tokens, completion_tokens, created_at,
    expires_at)
VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)
ON CONFLICT (cache_key) DO UPDATE SET candidates = excluded.candidates, created_at = excluded.created_at,
    expires_at = excluded.expires_at
-- next
INSERT INTO suggestion_flights AS f (cache_key, holder, lease_until) VALUES ($1, $2, $3)
ON CONFLICT (cache_key) DO UPDATE SET holder = $2, lease_until = $3 WHERE f.lease_until <= $4
-- next
INSERT INTO system_logs (log_level, category, service_name, message) VALUES ('info', 'test', 'test', 'effect')
-- next
INSERT INTO upstream_states AS s (upstream, failures, last_failure_at, updated_at) VALUES ($1, 1, $2, $2)
ON CONFLICT (upstream) DO UPDATE SET
    failures = CASE WHEN s.last_failure_at < $3 THEN 1 ELSE s.failures + 1 END,
    last_failure_at = $2, updated_at = $2
RETURNING failures, state, opens
-- next
INSERT INTO upstream_usage AS u (upstream, day, units) VALUES ($1, $2::date, 1)
ON CONFLICT (upstream, day) DO UPDATE SET units = u.units + 1
-- next
INSERT INTO user_content_preferences AS p (user_id, tone, thumbnail_style, image_style, language, custom_instructions, is_completed)
VALUES ($1, nullif($2, ''), nullif($3, ''), nullif($4, ''), nullif($5, ''),
    nullif($6, ''),
        coalesce(nullif($2, ''), nullif($3, ''), nullif($4, ''), nullif($5, '')) IS NOT NULL)
ON CONFLICT (user_id) DO UPDATE SET
    tone = CASE WHEN $2 IS NULL THEN p.tone ELSE excluded.tone END,
    thumbnail_style = CASE WHEN $3 IS NULL THEN p.thumbnail_style ELSE excluded.thumbnail_style END,
    image_style = CASE WHEN $4 IS NULL THEN p.image_style ELSE excluded.image_style END,
    language = CASE WHEN $5 IS NULL THEN p.language ELSE excluded.language END,
    custom_instructions = CASE WHEN $6 IS NULL THEN p.custom_instructions ELSE excluded.custom_instructions END,
    is_completed = coalesce(
        CASE WHEN $2 IS NULL THEN p.tone ELSE excluded.tone END, CASE WHEN $3 IS NULL THEN p.thumbnail_style
            ELSE excluded.thumbnail_style END,
        CASE WHEN $4 IS NULL THEN p.image_style ELSE excluded.image_style END, CASE WHEN $5 IS NULL THEN p.language
            ELSE excluded.language END) IS NOT NULL
RETURNING id, user_id, tone, thumbnail_style, image_style, language, custom_instructions, is_completed, created_at, updated_at
-- next
INSERT INTO user_identities (user_id, provider, subject, email) VALUES ($1, $2, $3, $4) ON CONFLICT (provider, subject) DO NOTHING
-- next
INSERT INTO user_logs (user_id, log_type, activity_type, description, severity, ip_address, user_agent, session_id, request_id,
    metadata)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb)
-- next
INSERT INTO user_token_usage (id, user_id, feature_type, tokens_consumed, created_at, metadata)
SELECT c.id, c.user_id, c.feature_type, c.total_tokens, c.created_at, jsonb_strip_nulls(jsonb_build_object(
    'model', c.model, 'prompt_tokens', c.prompt_tokens, 'completion_tokens', c.completion_tokens, 'cost_usd', c.cost_usd,
        'job_id', c.job_id,
    'request_id', c.correlation_id, 'cached', c.cached_tokens, 'status', c.status, 'estimated', c.estimated))
FROM llm_calls c WHERE c.id = $1 AND c.total_tokens > 0
ON CONFLICT (id) DO UPDATE SET tokens_consumed = excluded.tokens_consumed, metadata = excluded.metadata
-- next
INSERT INTO video_metadata_cache (video_id, field, value, source, fetched_at, fresh_until, expires_at)
SELECT $1, f.field, f.value::jsonb, $2, $3, $4, f.expires_at
FROM unnest($5, $6, $7) AS f (field, value, expires_at)
ON CONFLICT (video_id, field) DO UPDATE SET
    value = excluded.value, source = excluded.source, fetched_at = excluded.fetched_at, fresh_until = excluded.fresh_until,
        expires_at = excluded.expires_at
-- next
SELECT $1 AS chain, seq, hash FROM audit_chain_head($1)
-- next
SELECT (SELECT count(*) FROM audits a WHERE a.user_id = $1 AND (a.video_title ILIKE $2 OR a.ai_description ILIKE $2 OR a.video_url ILIKE $2)) AS total,
    convert_to('[' || coalesce(string_agg(row_to_json(r)::text, ','), '') || ']', 'UTF8') AS rows
FROM (SELECT a.* FROM audits a WHERE a.user_id = $1 AND (a.video_title ILIKE $2 OR a.ai_description ILIKE $2 OR a.video_url ILIKE $2) ORDER BY a.created_at DESC, a.id DESC LIMIT $3 OFFSET $4) r
-- next
SELECT (SELECT count(*) FROM audits a WHERE a.user_id = $1) AS total,
    convert_to('[' || coalesce(string_agg(row_to_json(r)::text, ','), '') || ']', 'UTF8') AS rows
FROM (SELECT a.* FROM audits a WHERE a.user_id = $1 ORDER BY a.created_at DESC, a.id DESC LIMIT $2 OFFSET $3) r
-- next
SELECT (SELECT count(*) FROM audits a WHERE a.user_id = $1) AS total,
    convert_to('[' || coalesce(string_agg(row_to_json(r)::text, ','), '') || ']', 'UTF8') AS rows
FROM (SELECT a.* FROM audits a WHERE a.user_id = $1 ORDER BY a.video_title ASC NULLS LAST, a.id DESC LIMIT $2 OFFSET $3) r
-- next
SELECT (SELECT count(*) FROM profiles)::int AS total_users,
       (SELECT count(*) FROM profiles WHERE last_login > now() - interval '30 days')::int AS active_users,
       count(*)::int AS total_jobs,
       count(*) FILTER (WHERE status IN ('pending', 'processing'))::int AS active_jobs,
       count(*) FILTER (WHERE status = 'completed')::int AS completed_jobs,
       count(*) FILTER (WHERE status = 'failed')::int AS failed_jobs,
       (SELECT count(*) FROM audits)::int AS total_analyses
FROM job_queue
-- next
SELECT * FROM job_claim($1, $2, $3, $4, $5)
-- next
SELECT * FROM job_enqueue($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7,
    $8, $9, $10, $11, $12, $13::timestamptz, $14,
    $15, $16, $17, $18)
-- next
SELECT * FROM job_restart($1, $2, $3, true)
-- next
SELECT 1
-- next
SELECT CASE WHEN $1 THEN (SELECT json_agg(b) FROM (
    SELECT host(ip_address) AS address, masklen(ip_address) AS length, endpoint, reason, max(least(blocked_until,
        timestamptz '9999-12-31Z')) AS until
    FROM ip_rate_limits WHERE blocked_until > now() GROUP BY 1, 2, 3, 4) b)::text END AS ip_blocks, CASE WHEN $2 THEN (SELECT json_build_object('horizon', pg_snapshot_xmin(pg_current_snapshot())::text, 'changes', (
    SELECT json_agg(c) FROM (
        SELECT id, user_id, session_id, token_version, role, blocked, carried_session, carried_from, created_at
        FROM access_changes WHERE xid >= $3::xid8) c)))::text END AS access, CASE WHEN $4 THEN (json_build_object('unsealed', has_unsealed_security_events(), 'failedLogins', EXISTS (
    SELECT 1 FROM security_events WHERE event_type = 'failed_login' AND created_at > now() - interval '10 minutes')))::text END AS security, CASE WHEN $5 THEN (SELECT row_to_json(s) FROM (SELECT w.pending, (SELECT count(*) FROM job_queue WHERE status = 'processing') AS running,
       (SELECT count(*) FROM job_queue WHERE dead_reason IS NOT NULL) AS dead,
       greatest(0, coalesce(extract(epoch FROM clock_timestamp() - w.oldest), 0))::double precision AS oldest_seconds,
       greatest(0, coalesce(extract(epoch FROM clock_timestamp() - (SELECT min(lease_until) FROM job_queue
           WHERE status = 'processing')), 0))::double precision AS lapsed_seconds
FROM (SELECT count(*) AS pending, min(scheduled_at) AS oldest FROM job_queue WHERE status = 'pending') w) s)::text END AS queue_stats, CASE WHEN $6 THEN (SELECT row_to_json(d) FROM (SELECT count(*) AS waiting,
       COALESCE(extract(epoch FROM now() - min(due_at)), 0)::float8 AS oldest_seconds,
       (SELECT COALESCE(extract(epoch FROM max(sent_at)), 0)::float8 FROM alert_outbox WHERE sent_at IS NOT NULL) AS last_success,
       (SELECT count(*) FROM alert_incidents WHERE recovered_at IS NULL) AS open_incidents,
       (SELECT COALESCE(extract(epoch FROM alive_at), 0)::float8 FROM alert_channels WHERE channel = 'telegram') AS telegram_alive
FROM alert_outbox WHERE sent_at IS NULL AND due_at <= now()) d)::text END AS alert_delivery
-- next
SELECT CASE WHEN $1 THEN (json_build_object(
    'claimable', EXISTS (SELECT 1 FROM job_lanes WHERE lane_key IS NOT NULL),
    'due', EXISTS (SELECT 1 FROM job_queue WHERE status = 'pending' AND scheduled_at <= now()),
    'lost', EXISTS (SELECT 1 FROM job_queue WHERE status = 'processing' AND (locked_by IS NULL
        OR lease_until < clock_timestamp())),
    'nextSeconds', (SELECT extract(epoch FROM min(scheduled_at) - clock_timestamp()) FROM job_queue WHERE status = 'pending'
        AND scheduled_at > now())))::text END AS queue, CASE WHEN $2 THEN (SELECT row_to_json(s) FROM (SELECT w.pending, (SELECT count(*) FROM job_queue WHERE status = 'processing') AS running,
       (SELECT count(*) FROM job_queue WHERE dead_reason IS NOT NULL) AS dead,
       greatest(0, coalesce(extract(epoch FROM clock_timestamp() - w.oldest), 0))::double precision AS oldest_seconds,
       greatest(0, coalesce(extract(epoch FROM clock_timestamp() - (SELECT min(lease_until) FROM job_queue
           WHERE status = 'processing')), 0))::double precision AS lapsed_seconds
FROM (SELECT count(*) AS pending, min(scheduled_at) AS oldest FROM job_queue WHERE status = 'pending') w) s)::text END AS queue_stats
-- next
SELECT COALESCE((l.features->>'ai_suggestions')::boolean, true) FROM subscription_limits l
WHERE l.tier = COALESCE((SELECT s.tier::text FROM user_subscriptions s WHERE s.user_id = $1 AND s.status IN ('active',
    'trialing')), 'free')
-- next
SELECT COALESCE(jsonb_agg(to_jsonb(x) ORDER BY x."requestCount" DESC, x.endpoint, x.method), '[]')::text FROM (
    SELECT endpoint, method, count(*) AS "requestCount", round(avg(response_time_ms), 1) AS "avgResponseTime",
           percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms) AS "p95ResponseTime",
           percentile_disc(0.99) WITHIN GROUP (ORDER BY response_time_ms) AS "p99ResponseTime",
           round(100.0 * count(*) FILTER (WHERE status_code >= 500) / count(*), 2) AS "errorRate"
    FROM api_request_logs WHERE created_at > now() - make_interval(hours => $1)
    GROUP BY endpoint, method ORDER BY count(*) DESC, endpoint, method LIMIT 200) x
-- next
SELECT COALESCE(jsonb_object_agg(activity_type, jsonb_build_object('count', n, 'severities', severities)), '{}')::text FROM (
    SELECT activity_type, sum(c) AS n, jsonb_object_agg(severity, c) AS severities FROM (
        SELECT activity_type, severity, count(*) AS c FROM user_logs
        WHERE user_id = $1 AND created_at > now() - make_interval(days => $2) GROUP BY 1, 2) x
    GROUP BY 1) y
-- next
SELECT COALESCE(sum(prompt_tokens), 0)::int AS prompt_tokens, COALESCE(sum(completion_tokens), 0)::int AS completion_tokens,
    max(model) AS model, sum(cost_usd) AS cost_usd
FROM llm_calls WHERE run_key = $1 AND attempt = $2
-- next
SELECT EXISTS (SELECT 1 FROM invitations
    WHERE code = $1 AND current_uses < max_uses AND (expires_at IS NULL OR expires_at > now())
      AND (email IS NULL OR $2 IS NULL OR email_key = $2))
-- next
SELECT EXISTS (SELECT 1 FROM notifications WHERE id = $1 AND user_id = $2)
-- next
SELECT EXISTS (SELECT 1 FROM profiles WHERE id = $1)
-- next
SELECT EXISTS (SELECT 1 FROM stored_files WHERE key = $1 AND complete)
-- next
SELECT NOT EXISTS (SELECT 1 FROM user_content_preferences WHERE user_id = $1 AND is_completed) AS incomplete,
       EXISTS (SELECT 1 FROM sessions WHERE user_id = $1 AND id <> $2) AND NOT EXISTS (
           SELECT 1 FROM sessions WHERE user_id = $1 AND id <> $2 AND created_at > now() - interval '180 days'
             AND (user_agent IS NOT DISTINCT FROM $3 OR ip_address = $4)) AS is_new_device
-- next
SELECT abbrev(ip_address) AS ip, request_count, endpoint FROM ip_rate_limits ORDER BY request_count DESC, updated_at DESC, ip_address, endpoint LIMIT 10
-- next
SELECT abbrev(ip_address) AS ip_address, endpoint, least(blocked_until, timestamptz '9999-12-31Z') AS blocked_until, request_count,
    last_request, user_agent, reason
FROM ip_rate_limits WHERE blocked_until > now() ORDER BY blocked_until DESC, id LIMIT $1 OFFSET $2
-- next
SELECT bytes FROM stored_file_pieces WHERE key = $1 AND number = $2
-- next
SELECT candidates::text AS candidates, model, created_at FROM suggestion_cache WHERE cache_key = $1 AND expires_at > $2
-- next
SELECT candidates::text AS candidates, model, created_at FROM suggestion_cache WHERE video_key = $1 AND expires_at > $2
    ORDER BY created_at DESC LIMIT 1
-- next
SELECT clock_timestamp()
-- next
SELECT count(*) AS waiting,
       COALESCE(extract(epoch FROM now() - min(due_at)), 0)::float8 AS oldest_seconds,
       (SELECT COALESCE(extract(epoch FROM max(sent_at)), 0)::float8 FROM alert_outbox WHERE sent_at IS NOT NULL) AS last_success,
       (SELECT count(*) FROM alert_incidents WHERE recovered_at IS NULL) AS open_incidents,
       (SELECT COALESCE(extract(epoch FROM alive_at), 0)::float8 FROM alert_channels WHERE channel = 'telegram') AS telegram_alive
FROM alert_outbox WHERE sent_at IS NULL AND due_at <= now()
-- next
SELECT count(*) FILTER (WHERE crashes < $1 AND crashes_alone < $2) AS waiting,
       count(*) FILTER (WHERE crashes >= $1 OR crashes_alone >= $2) AS exhausted,
       count(*) FILTER (WHERE lease_until < clock_timestamp() - $3) AS overdue
FROM job_queue WHERE status = 'processing' AND locked_by IS NULL
-- next
SELECT count(*) FILTER (WHERE status = 'pending') AS pending,
       count(*) FILTER (WHERE status = 'processing') AS running,
       count(*) FILTER (WHERE status = 'failed') AS failed_last_hour,
       COALESCE(extract(epoch FROM now() - min(scheduled_at) FILTER (WHERE status = 'pending' AND scheduled_at <= now())),
           0)::float8 AS oldest_seconds,
       (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections,
       pg_database_size(current_database()) AS database_bytes
FROM (
    SELECT 'pending' AS status, scheduled_at FROM job_queue WHERE status = 'pending'
    UNION ALL
    SELECT 'processing', scheduled_at FROM job_queue WHERE status = 'processing'
    UNION ALL
    SELECT 'failed', scheduled_at FROM job_queue WHERE status = 'failed' AND completed_at > now() - interval '1 hour') q
-- next
SELECT count(*) FROM api_request_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3)
-- next
SELECT count(*) FROM api_request_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3) AND ($4::text IS NULL OR strpos(endpoint, $4) > 0) AND ($5::text IS NULL OR method = upper($5)) AND ($6::int IS NULL OR status_code = $6)
-- next
SELECT count(*) FROM error_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR severity = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4)
-- next
SELECT count(*) FROM error_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR severity = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) AND ($5::text IS NULL OR error_type = $5) AND ($6::boolean IS NULL OR resolved = $6)
-- next
SELECT count(*) FROM error_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR severity = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) AND strpos(lower(concat_ws(' ', message, error_type, endpoint, request_id)), lower($5)) > 0
-- next
SELECT count(*) FROM ip_rate_limits WHERE blocked_until > now()
-- next
SELECT count(*) FROM job_queue WHERE status = 'pending'
-- next
SELECT count(*) FROM security_events WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR event_type = $2)
    AND ($3::text IS NULL OR event_category = $3)
  AND ($4::text IS NULL OR severity = $4) AND ($5::timestamptz IS NULL OR created_at >= $5)
      AND ($6::timestamptz IS NULL OR created_at <= $6)
-- next
SELECT count(*) FROM system_logs t WHERE $1::uuid IS NULL AND ($2::text IS NULL OR log_level = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4)
-- next
SELECT count(*) FROM system_logs t WHERE $1::uuid IS NULL AND ($2::text IS NULL OR log_level = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) AND ($5::text IS NULL OR category = $5) AND ($6::text IS NULL OR service_name = $6)
-- next
SELECT count(*) FROM system_logs t WHERE $1::uuid IS NULL AND ($2::text IS NULL OR log_level = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) AND strpos(lower(concat_ws(' ', message, category, service_name, request_id)), lower($5)) > 0
-- next
SELECT count(*) FROM user_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR log_type = $2)
    AND ($3::text IS NULL OR severity = $3)
AND ($4::timestamptz IS NULL OR created_at >= $4) AND ($5::timestamptz IS NULL OR created_at <= $5)
-- next
SELECT count(*) FROM user_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR log_type = $2)
    AND ($3::text IS NULL OR severity = $3)
AND ($4::timestamptz IS NULL OR created_at >= $4) AND ($5::timestamptz IS NULL OR created_at <= $5) AND strpos(lower(concat_ws(' ', description, activity_type)), lower($6)) > 0
-- next
SELECT count(*) FROM video_analysis_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3)
-- next
SELECT count(*) FROM video_analysis_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3) AND ($4::text IS NULL OR video_id = $4) AND ($5::text IS NULL OR status = $5)
-- next
SELECT count(*) FROM video_analysis_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3) AND strpos(lower(concat_ws(' ', video_title, video_url, video_id, error_message)), lower($4)) > 0
-- next
SELECT count(*)::int AS total,
       count(*) FILTER (WHERE current_uses < max_uses AND (expires_at IS NULL OR expires_at > now()))::int AS active,
       count(*) FILTER (WHERE current_uses < max_uses AND expires_at <= now())::int AS expired,
       count(*) FILTER (WHERE current_uses >= max_uses)::int AS fully_used,
       coalesce(sum(current_uses), 0)::int AS total_uses
FROM invitations
-- next
SELECT count(*)::int FROM notifications WHERE user_id = $1 AND NOT read
-- next
SELECT count(*)::int FROM notifications n WHERE n.user_id = $1 AND ($2::text IS NULL OR n.type::text = $2) AND ($3::boolean IS NULL OR n.read = $3)
-- next
SELECT count(*)::int FROM password_reset_tokens WHERE user_id = $1 AND created_at > now() - interval '1 hour'
-- next
SELECT count(*)::int FROM profiles q WHERE ($1 IS NULL OR q.email ILIKE $1 OR q.name ILIKE $1) AND ($2 IS NULL OR q.role = $2)
-- next
SELECT count(*)::int FROM sessions WHERE revoked_at > now() - $1
-- next
SELECT count(DISTINCT ip_address) AS total, count(DISTINCT ip_address) FILTER (WHERE blocked_until > now()) AS now FROM ip_rate_limits WHERE blocked_until IS NOT NULL
-- next
SELECT date_bin(make_interval(secs => $1), taken_at, timestamptz 'epoch') AS at,
       sum(requests) AS requests, sum(server_errors) AS server_errors, sum(client_errors) AS client_errors,
           sum(rate_limited) AS rate_limited,
       sum(database_calls) AS database_calls, sum(database_errors) AS database_errors,
       sum(ai_requests) AS ai_requests, sum(ai_failures) AS ai_failures, sum(ai_tokens)::bigint AS ai_tokens,
           sum(ai_cost_usd) AS ai_cost_usd,
       sum(auth_successes) AS auth_successes, sum(auth_failures) AS auth_failures,
       sum(cache_hits) AS cache_hits, sum(cache_misses) AS cache_misses, sum(audits) AS audits,
       max(queue_waiting) AS queue_waiting, max(queue_running) AS queue_running,
           max(queue_oldest_seconds)::float8 AS queue_oldest_seconds,
       (sum(rss_bytes) / GREATEST(1, count(*)) * count(DISTINCT instance_id))::bigint AS rss_bytes,
       (sum(heap_bytes) / GREATEST(1, count(*)) * count(DISTINCT instance_id))::bigint AS heap_bytes
FROM metric_windows WHERE taken_at > now() - make_interval(secs => $2)
GROUP BY 1 ORDER BY 1
-- next
SELECT date_bin(make_interval(secs => $1), taken_at, timestamptz 'epoch') AS at, bucket::int AS bucket,
    sum(http)::bigint AS http, sum(db)::bigint AS db
FROM metric_windows, unnest(latency, database_latency) WITH ORDINALITY AS counts(http, db, bucket)
WHERE taken_at > now() - make_interval(secs => $2)
GROUP BY 1, 2 ORDER BY 1, 2
-- next
SELECT email FROM profiles WHERE id = $1
-- next
SELECT field, value::text AS value, source, fresh_until, expires_at FROM video_metadata_cache
WHERE video_id = $1 AND expires_at > $2
-- next
SELECT grouping(event_type, event_category, severity) AS kind, coalesce(event_type, event_category, severity, '') AS name,
    count(*) AS number,
       count(*) FILTER (WHERE severity IN ('critical', 'high') AND created_at > $1 - interval '24 hours') AS critical
FROM security_events WHERE created_at > $2 AND ($3::uuid IS NULL OR user_id = $3)
GROUP BY GROUPING SETS ((event_type), (event_category), (severity), ())
-- next
SELECT id AS session_id, revoked_reason AS reason, revoked_at FROM sessions WHERE user_id = $1 AND revoked_at > now() - $2 ORDER BY revoked_at DESC, id LIMIT 100
-- next
SELECT id FROM llm_calls WHERE status = 'intent' AND deadline_at < $1 ORDER BY deadline_at LIMIT 500
-- next
SELECT id, code, email, max_uses, current_uses, created_by, expires_at, metadata::text AS metadata, created_at, updated_at
FROM invitations ORDER BY created_at DESC, id LIMIT 1000
-- next
SELECT id, email FROM profiles WHERE email_key = $1 AND status = 'active' FOR UPDATE
-- next
SELECT id, recipient, data::text AS data FROM mail_outbox
WHERE template = 'password_reset_request' AND sent_at IS NULL AND failed_at IS NULL AND expires_at > now()
ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED
-- next
SELECT id, status, job_type, created_at, progress, stage, completed_at, error_message, video_title,
    configuration::text AS configuration
FROM job_queue WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 50
-- next
SELECT id, user_agent, ip_address, last_used_at, created_at, least(idle_expires_at, expires_at) AS ends_at
FROM sessions s
WHERE user_id = $1 AND revoked_at IS NULL AND idle_expires_at > now() AND expires_at > now()
  AND token_version = (SELECT token_version FROM profiles WHERE id = $1)
ORDER BY last_used_at DESC, id DESC LIMIT 100
-- next
SELECT id, user_id, event_type, host(ip_address) AS ip_address, user_agent, device_id, metadata::text AS metadata, created_at,
    event_category, severity,
       resource_type, resource_id, action, status, request_id
FROM security_events WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR event_type = $2)
    AND ($3::text IS NULL OR event_category = $3)
  AND ($4::text IS NULL OR severity = $4) AND ($5::timestamptz IS NULL OR created_at >= $5)
      AND ($6::timestamptz IS NULL OR created_at <= $6) ORDER BY created_at DESC, id DESC LIMIT $7 OFFSET $8
-- next
SELECT id, user_id, job_type, dead_reason, error_code, error_message, attempts, crashes, completed_at, correlation_id
FROM job_queue WHERE dead_reason IS NOT NULL AND ($1::uuid IS NULL OR id = $1) ORDER BY completed_at DESC, id LIMIT $2
-- next
SELECT id, user_id, tone, thumbnail_style, image_style, language, custom_instructions, is_completed, created_at, updated_at
FROM user_content_preferences WHERE user_id = $1
-- next
SELECT instance_id, service, seen_at > now() - $1 AS is_live, points::text AS points FROM metric_instances
-- next
SELECT job_notify(q, $1)::text FROM job_queue q WHERE q.id = $2
-- next
SELECT json_agg(b) FROM (
    SELECT host(ip_address) AS address, masklen(ip_address) AS length, endpoint, reason, max(least(blocked_until,
        timestamptz '9999-12-31Z')) AS until
    FROM ip_rate_limits WHERE blocked_until > now() GROUP BY 1, 2, 3, 4) b
-- next
SELECT json_build_object('horizon', pg_snapshot_xmin(pg_current_snapshot())::text, 'changes', (
    SELECT json_agg(c) FROM (
        SELECT id, user_id, session_id, token_version, role, blocked, carried_session, carried_from, created_at
        FROM access_changes WHERE xid >= $1::xid8) c))
-- next
SELECT jsonb_build_object(
    'errors', (SELECT jsonb_build_object('total', count(*), 'unresolved', count(*) FILTER (WHERE NOT resolved), 'critical',
        count(*) FILTER (WHERE severity = 'critical')) FROM error_logs WHERE created_at > now() - p.age),
    'videoAnalysis', (SELECT jsonb_build_object('total', count(*), 'completed', count(*) FILTER (WHERE status = 'completed'),
        'failed', count(*) FILTER (WHERE status = 'failed'), 'tokens', COALESCE(sum(tokens_consumed), 0)) FROM video_analysis_logs
        WHERE created_at > now() - p.age),
    'apiPerformance', (SELECT jsonb_build_object('requests', count(*), 'avgResponseTime', COALESCE(round(avg(response_time_ms), 1),
        0), 'p95ResponseTime', COALESCE(percentile_disc(0.95) WITHIN GROUP (ORDER BY response_time_ms), 0), 'errorRate',
        COALESCE(round(100.0 * count(*) FILTER (WHERE status_code >= 500) / NULLIF(count(*), 0), 2), 0)) FROM api_request_logs
        WHERE created_at > now() - p.age),
    'systemHealth', (SELECT jsonb_build_object('errors', count(*) FILTER (WHERE log_level = 'error'), 'critical',
        count(*) FILTER (WHERE log_level = 'critical')) FROM system_logs WHERE created_at > now() - p.age),
    'period', jsonb_build_object('days', $1, 'startDate', now() - p.age, 'endDate', now()))::text
FROM (SELECT make_interval(days => $1) AS age) p
-- next
SELECT jsonb_build_object(
    'profile', (SELECT to_jsonb(p) - 'token_version' - 'email_key' FROM profiles p WHERE p.id = $1),
    'subscription', (SELECT to_jsonb(s) FROM user_subscriptions s WHERE s.user_id = $1),
    'preferences', (SELECT to_jsonb(c) FROM user_content_preferences c WHERE c.user_id = $1),
    'audits', (SELECT COALESCE(jsonb_agg(to_jsonb(a) ORDER BY a.created_at DESC, a.id DESC), '[]') FROM (SELECT * FROM audits
        WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 10000) a),
    'tokenUsage', (SELECT COALESCE(jsonb_agg(to_jsonb(t) ORDER BY t.created_at DESC, t.id DESC), '[]') FROM (SELECT *
        FROM user_token_usage WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 10000) t),
    'notifications', (SELECT COALESCE(jsonb_agg(to_jsonb(n) ORDER BY n.created_at DESC, n.id DESC), '[]') FROM (SELECT *
        FROM notifications WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 10000) n),
    'securityEvents', (SELECT COALESCE(jsonb_agg(to_jsonb(e) ORDER BY e.created_at DESC, e.id DESC), '[]') FROM (SELECT *
        FROM security_events WHERE user_id = $1 ORDER BY created_at DESC, id DESC LIMIT 10000) e),
    'auditTrail', (SELECT COALESCE(jsonb_agg(to_jsonb(r) ORDER BY r.created_at DESC, r.id DESC), '[]') FROM (SELECT *
        FROM audit_trail WHERE actor_id = $1 ORDER BY created_at DESC, id DESC LIMIT 10000) r))::text
-- next
SELECT jsonb_build_object('totalAnalyses', count(*), 'completedCount', count(*) FILTER (WHERE status = 'completed'), 'failedCount',
    count(*) FILTER (WHERE status = 'failed'),
    'processingCount', count(*) FILTER (WHERE status IN ('initiated', 'processing')), 'totalTokens', COALESCE(sum(tokens_consumed),
        0),
    'totalCost', COALESCE(sum(cost_usd), 0), 'avgProcessingTime', COALESCE(round(avg(processing_time_ms)), 0))::text
FROM video_analysis_logs WHERE created_at > now() - make_interval(days => $1) AND ($2::uuid IS NULL OR user_id = $2)
-- next
SELECT l.token_limit::bigint FROM subscription_limits l
WHERE l.tier = COALESCE((SELECT s.tier::text FROM user_subscriptions s WHERE s.user_id = $1 AND s.status IN ('active',
    'trialing')), 'free')
-- next
SELECT language, tone, thumbnail_style, image_style, custom_instructions FROM user_content_preferences WHERE user_id = $1
-- next
SELECT model, last_failure, failed_at, answered_at FROM model_status WHERE upstream = $1
-- next
SELECT n.id, n.user_id, n.title, n.message, n.type::text AS type, n.severity::text AS severity, coalesce(n.metadata ->> 'priority',
    'medium') AS priority,
n.action_url, n.action_button_text, n.callback, n.read, n.read_at, n.created_at, n.updated_at, n.version,
    n.metadata::text AS metadata FROM notifications n WHERE n.id = ANY ($1) ORDER BY n.updated_at
-- next
SELECT n.id, n.user_id, n.title, n.message, n.type::text AS type, n.severity::text AS severity, coalesce(n.metadata ->> 'priority',
    'medium') AS priority,
n.action_url, n.action_button_text, n.callback, n.read, n.read_at, n.created_at, n.updated_at, n.version,
    n.metadata::text AS metadata FROM notifications n WHERE n.user_id = $1 AND ($2::text IS NULL OR n.type::text = $2) AND ($3::boolean IS NULL OR n.read = $3) ORDER BY n.created_at DESC, n.id DESC LIMIT $4 OFFSET $5
-- next
SELECT n.id, n.user_id, n.title, n.message, n.type::text AS type, n.severity::text AS severity, coalesce(n.metadata ->> 'priority',
    'medium') AS priority,
n.action_url, n.action_button_text, n.callback, n.read, n.read_at, n.created_at, n.updated_at, n.version,
    n.metadata::text AS metadata FROM notifications n WHERE n.user_id = ANY ($1) AND n.updated_at > $2::timestamptz ORDER BY n.updated_at LIMIT 5000
-- next
SELECT p.email FROM password_reset_tokens t JOIN profiles p ON p.id = t.user_id WHERE t.id = $1 AND t.digest = $2 AND t.used_at IS NULL AND t.expires_at > now()
-- next
SELECT p.id AS user_id, p.email, p.role, s.id AS session_id, p.token_version
FROM sessions s JOIN profiles p ON p.id = s.user_id
WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > now() AND s.idle_expires_at > now()
  AND s.token_version = p.token_version AND NOT p.account_locked AND p.status = 'active'
-- next
SELECT p.id, p.email, coalesce(p.name, '') AS name, p.role, coalesce(p.picture, '') AS picture, p.provider, s.status,
       CASE s.status WHEN 'suspended' THEN 'locked' ELSE s.status END AS account_status, p.created_at, p.updated_at,
       greatest(p.last_login, (SELECT max(x.last_used_at) FROM sessions x WHERE x.user_id = p.id)) AS last_activity
FROM profiles p CROSS JOIN LATERAL (SELECT CASE WHEN p.account_locked THEN 'suspended' WHEN p.status <> 'active' THEN 'inactive' ELSE 'active' END AS status) s
WHERE p.id = $1
-- next
SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.created_at, p.updated_at, CASE WHEN p.account_locked THEN 'suspended' WHEN p.status <> 'active' THEN 'inactive' ELSE 'active' END AS status,
       coalesce(s.tier::text, 'free') AS tier, coalesce(s.status::text, 'active') AS subscription_status, s.current_period_end,
       coalesce(o.current_step, 'welcome') AS current_step, coalesce(cardinality(o.completed_steps), 0) AS steps_done,
           o.completed_at,
       greatest(p.last_login, (SELECT max(x.last_used_at) FROM sessions x WHERE x.user_id = p.id)) AS last_activity,
       (SELECT count(*)::int FROM audits a WHERE a.user_id = p.id) AS total_analyses
FROM (SELECT * FROM profiles q WHERE ($1 IS NULL OR q.email ILIKE $1 OR q.name ILIKE $1) AND ($2 IS NULL OR q.role = $2) ORDER BY q.created_at DESC NULLS LAST, q.id LIMIT $3 OFFSET $4) p
LEFT JOIN user_subscriptions s ON s.user_id = p.id
LEFT JOIN user_onboarding o ON o.user_id = p.id
ORDER BY p.created_at DESC NULLS LAST, p.id
-- next
SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.created_at, p.updated_at, CASE WHEN p.account_locked THEN 'suspended' WHEN p.status <> 'active' THEN 'inactive' ELSE 'active' END AS status,
       coalesce(s.tier::text, 'free') AS tier, coalesce(s.status::text, 'active') AS subscription_status, s.current_period_end,
       coalesce(o.current_step, 'welcome') AS current_step, coalesce(cardinality(o.completed_steps), 0) AS steps_done,
           o.completed_at,
       greatest(p.last_login, (SELECT max(x.last_used_at) FROM sessions x WHERE x.user_id = p.id)) AS last_activity,
       (SELECT count(*)::int FROM audits a WHERE a.user_id = p.id) AS total_analyses
FROM (SELECT * FROM profiles q WHERE ($1 IS NULL OR q.email ILIKE $1 OR q.name ILIKE $1) AND ($2 IS NULL OR q.role = $2) ORDER BY q.email ASC NULLS LAST, q.id LIMIT $3 OFFSET $4) p
LEFT JOIN user_subscriptions s ON s.user_id = p.id
LEFT JOIN user_onboarding o ON o.user_id = p.id
ORDER BY p.email ASC NULLS LAST, p.id
-- next
SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, p.created_at, p.updated_at FROM profiles p
WHERE p.id = $1 OR (p.role = 'admin' AND p.status = 'active' AND NOT p.account_locked) ORDER BY p.id FOR UPDATE
-- next
SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, p.created_at, p.updated_at FROM profiles p WHERE p.email_key = $1 FOR UPDATE
-- next
SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, p.created_at, p.updated_at FROM profiles p WHERE p.id = $1
-- next
SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, p.created_at, p.updated_at FROM profiles p WHERE p.id = $1 FOR NO KEY UPDATE
-- next
SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, p.created_at, p.updated_at FROM profiles p WHERE p.id = $1 FOR UPDATE
-- next
SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, p.created_at, p.updated_at, c.password_hash, c.breach_count,
       (SELECT substring(password_hash FROM 5 FOR 2)::int FROM account_credentials
        WHERE password_hash LIKE '$2%' ORDER BY substring(password_hash FROM 5 FOR 2) DESC LIMIT 1) AS legacy_cost
FROM (SELECT 1) one LEFT JOIN profiles p ON p.email_key = $1 LEFT JOIN account_credentials c ON c.user_id = p.id
-- next
SELECT p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, p.created_at, p.updated_at, e.tier, e.status AS subscription_status, e.period_start, e.period_end, e.cancels, e.trial_end,
       l.video_analysis_limit, l.features::text AS features,
       (SELECT count(*)::int FROM audits a WHERE a.user_id = p.id AND a.created_at >= e.period_start) AS analyses
FROM profiles p
LEFT JOIN user_subscriptions s ON s.user_id = p.id AND s.status IN ('active', 'trialing', 'past_due')
    AND s.current_period_end > now()
CROSS JOIN LATERAL (SELECT
    coalesce(s.tier::text, 'free') AS tier, coalesce(s.status::text, 'active') AS status,
    coalesce(s.current_period_start, date_trunc('month', now(), 'UTC')) AS period_start,
    coalesce(s.current_period_end, date_trunc('month', now(), 'UTC') + interval '1 month') AS period_end,
    coalesce(NOT s.auto_renew OR s.cancelled_at IS NOT NULL, false) AS cancels, s.trial_end) e
JOIN subscription_limits l ON l.tier = e.tier
WHERE p.id = $1
-- next
SELECT pg_advisory_xact_lock(hashtext('password-spray'))
-- next
SELECT pg_advisory_xact_lock(hashtextextended('video-metadata/' || $1, 0))::text
-- next
SELECT pg_notify($1, '')::text
-- next
SELECT pg_notify('yto_cancel', $1)::text
-- next
SELECT pg_notify('yto_jobs', '')::text
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c6-f2e0-7a96-b034-05227ce81510')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c6-f79c-7f4d-b7dd-405e5e652276')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-1aee-7dcb-9e93-01d07606eb4c')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-1f12-7ee6-be97-b550f636b0f9')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-2ce5-7da5-9c62-f6e17b07aa52')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-2edd-76d5-8544-466a4c49948e')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-3d1f-7e87-88a3-f265c60eb670')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-4347-7973-ae73-30e5d77665df')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-52f8-7b72-ab1d-7b96cd7f5def')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-5995-7256-b420-42a86b4efb1e')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-59c7-7d28-a227-2e9bc924171a')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-7009-76f8-9569-47eefa7faa8c')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-7216-767a-a2e2-932d2e6f6d78')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-8347-7f6b-84f8-8a9f0ae76416')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-9524-7815-91ed-d8178f0528df')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-9d37-7da3-9b10-a5555fbf287c')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-9eea-7ea9-b1b9-7ead413a1292')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-a1a1-7a60-bb34-ca7ce8a3792f')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-b9fd-714d-8e63-e0ce323badce')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-cbf4-79fd-a28b-e4506e369bba')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-cc81-7d35-a551-3884725422e2')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-dd98-72c5-a834-0f010cc601b1')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-e940-7752-bff4-4560a333767d')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-ee87-7475-9f3f-ab8d8e90687f')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-f41d-7af5-8d04-9d947e6c438c')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c7-f9f0-7b19-a32f-232b5913cf5d')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-078c-7402-8491-6a302bcc62e3')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-0e67-71d2-919a-ca3468f430e9')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-290b-701f-a2c9-cacf959d3b11')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-3750-7708-bb0d-de34e1f03e00')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-4141-7f69-bcc6-ef2cf98eb345')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-4458-7180-86f0-f6ee2a7abaaf')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-4f47-761c-9472-379b5b066aa5')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-5337-74fc-8ec3-d0a981eaff6e')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-5ea0-7874-a5ec-dc5169de0b3e')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-64ad-7055-aee1-443d8c364ca4')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-69ea-7d1d-a9a9-6b33c9d346f9')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-71b2-731d-8e5e-22fce3b64fb1')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-764b-7ba2-afe3-763d7c935872')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-82e4-7504-bb0e-e7a9cd142b50')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-8b52-74e1-8d9b-f89fb2aae758')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-927d-74f7-90e6-d432192e147a')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-9c2c-7a5b-b18c-b04849c4f24c')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-a6c9-70ac-b484-7199e47e77ae')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-afbe-72a2-8763-5d92a52696db')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-b7b3-71bb-8d9b-40fdcca9b6ce')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-ba45-77da-8a50-fdc42d4a3020')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-c29b-7659-9101-99750dbcc510')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-cd6c-7546-968e-af7f45e76bed')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-d55b-7b7d-b71a-f579ce9a3f00')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-d86a-7d70-8477-b17e8b7d4622')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-e144-7e29-9b49-9c4dbe5d20a3')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-e33a-7d83-b53f-4cf9edfab5ff')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-ed3d-78ae-9f9b-3966aa2de663')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c8-fb30-7766-89cf-40d806f4dcb8')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-08d2-7a17-8d0c-c2a9f6e10f82')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-1640-7383-a3a8-be617fbe8a4a')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-299d-7a23-9c5a-1b0902dc922b')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-2b47-7d62-a3f4-6b78ff3320f7')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-3dfd-72c9-9a51-bf723f8646cb')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-47ef-7447-90f9-47b33e206278')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-4de0-7ca1-82e0-95c04e54176a')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-5d7d-738e-8491-1ffbc44ed5f2')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-6c5a-7a7f-8426-6a9fc52c9be2')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-78f9-7ceb-ad0f-06c30e060896')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-8857-7e48-8c19-1f21073d6b55')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-9d1c-775d-b910-ece745e7b8c9')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-a5c6-70e3-8f07-08b70aefdf0f')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-a84b-7938-a6b4-8f6211d13784')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-c257-7692-81cd-9503bdcc2fea')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-c67f-70ae-9c57-bc54534f34c0')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-d88e-79b0-b799-0b60d22461a9')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229c9-dbcb-7857-ba3e-3838d269b4ee')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229ca-4934-764f-965d-7fdb0422d734')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229ca-d843-7cd9-92ee-9d9c50ae1089')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229ca-eb56-77c9-8063-977f584760a7')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cb-3dd0-7331-aeb6-17b02d2067c0')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cb-82ac-7398-9ce0-19d81c087aeb')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cb-9bb2-7ee2-8fc6-5ae190767ae6')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cb-b7d7-7822-ad97-06774cde5047')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cc-2188-70c5-852b-01d0465068a0')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cc-5769-7fa9-a3d3-f31c1cc4e1af')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cc-7488-78eb-ab11-3df6d4839500')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cc-8ce6-7fe8-a4c3-7ba91d9a4fab')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cc-a4b8-71dd-b008-f7db8846ff93')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cc-ba1c-7c86-91c8-3c436aef304c')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cc-ccff-7c7e-8f8e-573060350f37')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cd-0353-7503-84fb-22aceaab6b61')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cd-9eaf-71d0-aa5e-81ac397daaf3')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cd-9ee9-7501-8263-3e42d7b0989c')
-- next
SELECT pg_notify('yto_rows', 'probe 01a229cd-9f17-7fd5-b7c5-c1cfa6ee144a')
-- next
SELECT q.id FROM unnest($1, $2) AS held (id, token)
JOIN job_queue q ON q.id = held.id AND q.lease_token = held.token AND q.status = 'processing'
-- next
SELECT q.id, q.status, q.progress, q.stage, q.job_type, q.video_title, q.configuration::text AS configuration,
    to_jsonb(a)::text AS audit,
       q.error_message, q.error_code, q.retry_count, q.created_at, q.started_at, q.completed_at,
       CASE WHEN q.status = 'pending' THEN (SELECT 1 + count(*) FROM job_queue o WHERE o.user_id = q.user_id
           AND o.status = 'pending' AND o.claim_rank < q.claim_rank) END AS position
FROM job_queue q LEFT JOIN audits a ON a.job_id = q.id AND q.status = 'completed'
WHERE q.id = $1 AND q.user_id = $2
-- next
SELECT q.id, q.user_id, q.status, q.progress, q.stage, q.event_seq AS version, q.job_type AS type, q.video_title AS title,
q.error_message AS error, q.error_code, q.created_at, q.completed_at, q.updated_at AS at, to_jsonb(a)::text AS audit_json FROM job_queue q LEFT JOIN audits a ON a.job_id = q.id AND q.status = 'completed'
WHERE q.user_id = ANY ($1) AND q.status IN ('pending', 'processing')
UNION ALL
SELECT q.id, q.user_id, q.status, q.progress, q.stage, q.event_seq AS version, q.job_type AS type, q.video_title AS title,
q.error_message AS error, q.error_code, q.created_at, q.completed_at, q.updated_at AS at, to_jsonb(a)::text AS audit_json FROM job_queue q LEFT JOIN audits a ON a.job_id = q.id AND q.status = 'completed'
WHERE q.user_id = ANY ($1) AND q.created_at > now() - interval '3 days' AND q.status IN ('completed', 'failed', 'cancelled')
    AND q.completed_at > $2::timestamptz
ORDER BY at DESC, id LIMIT $3
-- next
SELECT q.id, q.user_id, q.status, q.progress, q.stage, q.event_seq AS version, q.job_type AS type, q.video_title AS title,
q.error_message AS error, q.error_code, q.created_at, q.completed_at, q.updated_at AS at, to_jsonb(a)::text AS audit_json FROM job_queue q LEFT JOIN audits a ON a.job_id = q.id AND q.status = 'completed' WHERE q.id = ANY ($1) ORDER BY q.updated_at, q.id
-- next
SELECT reason FROM upstream_states
WHERE upstream = $1 AND (state = 'open' AND open_until > now() OR state = 'half_open' AND trial_until > now())
-- next
SELECT seal_security_events()
-- next
SELECT set_config('synchronous_commit', 'off', true), pg_notify('yto_jobs', '')::text,
       (SELECT count(job_notify(q, 'job-queued')::text) FROM job_queue q WHERE q.id = ANY ($1) AND q.status = 'pending')
-- next
SELECT size_bytes FROM stored_files WHERE key = $1 AND complete
-- next
SELECT state, reason, open_until, trial_until FROM upstream_states WHERE upstream = $1
-- next
SELECT status FROM job_queue WHERE id = $1 AND user_id = $2
-- next
SELECT status, job_type, payload::text AS payload, configuration::text AS configuration, video_title, request_hash, correlation_id,
    priority
FROM job_queue WHERE id = $1 AND user_id = $2
-- next
SELECT task, succeeded, detail, finished_at, last_success_at FROM maintenance_runs ORDER BY task
-- next
SELECT to_jsonb(t)::text FROM api_request_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3) AND ($4::text IS NULL OR strpos(endpoint, $4) > 0) AND ($5::text IS NULL OR method = upper($5)) AND ($6::int IS NULL OR status_code = $6) ORDER BY created_at DESC, id LIMIT $7 OFFSET $8
-- next
SELECT to_jsonb(t)::text FROM api_request_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3) ORDER BY created_at DESC, id LIMIT $4 OFFSET $5
-- next
SELECT to_jsonb(t)::text FROM error_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR severity = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) AND ($5::text IS NULL OR error_type = $5) AND ($6::boolean IS NULL OR resolved = $6) ORDER BY created_at DESC, id LIMIT $7 OFFSET $8
-- next
SELECT to_jsonb(t)::text FROM error_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR severity = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) AND strpos(lower(concat_ws(' ', message, error_type, endpoint, request_id)), lower($5)) > 0 ORDER BY created_at DESC, id LIMIT $6 OFFSET $7
-- next
SELECT to_jsonb(t)::text FROM error_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR severity = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) ORDER BY created_at DESC, id LIMIT $5 OFFSET $6
-- next
SELECT to_jsonb(t)::text FROM system_logs t WHERE $1::uuid IS NULL AND ($2::text IS NULL OR log_level = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) AND ($5::text IS NULL OR category = $5) AND ($6::text IS NULL OR service_name = $6) ORDER BY created_at DESC, id LIMIT $7 OFFSET $8
-- next
SELECT to_jsonb(t)::text FROM system_logs t WHERE $1::uuid IS NULL AND ($2::text IS NULL OR log_level = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) AND strpos(lower(concat_ws(' ', message, category, service_name, request_id)), lower($5)) > 0 ORDER BY created_at DESC, id LIMIT $6 OFFSET $7
-- next
SELECT to_jsonb(t)::text FROM system_logs t WHERE $1::uuid IS NULL AND ($2::text IS NULL OR log_level = $2)
AND ($3::timestamptz IS NULL OR created_at >= $3) AND ($4::timestamptz IS NULL OR created_at <= $4) ORDER BY created_at DESC, id LIMIT $5 OFFSET $6
-- next
SELECT to_jsonb(t)::text FROM user_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR log_type = $2)
    AND ($3::text IS NULL OR severity = $3)
AND ($4::timestamptz IS NULL OR created_at >= $4) AND ($5::timestamptz IS NULL OR created_at <= $5) AND strpos(lower(concat_ws(' ', description, activity_type)), lower($6)) > 0 ORDER BY created_at DESC, id LIMIT $7 OFFSET $8
-- next
SELECT to_jsonb(t)::text FROM user_logs t WHERE ($1::uuid IS NULL OR user_id = $1) AND ($2::text IS NULL OR log_type = $2)
    AND ($3::text IS NULL OR severity = $3)
AND ($4::timestamptz IS NULL OR created_at >= $4) AND ($5::timestamptz IS NULL OR created_at <= $5) ORDER BY created_at DESC, id LIMIT $6 OFFSET $7
-- next
SELECT to_jsonb(t)::text FROM video_analysis_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3) AND ($4::text IS NULL OR video_id = $4) AND ($5::text IS NULL OR status = $5) ORDER BY created_at DESC, id LIMIT $6 OFFSET $7
-- next
SELECT to_jsonb(t)::text FROM video_analysis_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3) AND strpos(lower(concat_ws(' ', video_title, video_url, video_id, error_message)), lower($4)) > 0 ORDER BY created_at DESC, id LIMIT $5 OFFSET $6
-- next
SELECT to_jsonb(t)::text FROM video_analysis_logs t WHERE ($1::uuid IS NULL OR user_id = $1)
AND ($2::timestamptz IS NULL OR created_at >= $2) AND ($3::timestamptz IS NULL OR created_at <= $3) ORDER BY created_at DESC, id LIMIT $4 OFFSET $5
-- next
SELECT u.id AS user_id, (SELECT count(*) FROM notifications n WHERE n.user_id = u.id AND NOT n.read)::int AS count
    FROM unnest($1) AS u (id)
-- next
SELECT undecided > 0 AND updated_at > now() - $1 FROM login_attempts WHERE email_digest = $2
-- next
SELECT version();

SELECT ns.nspname, t.oid, t.typname, t.typtype, t.typnotnull, t.elemtypoid
FROM (
    -- Arrays have typtype=b - this subquery identifies them by their typreceive and converts their typtype to a
    -- We first do this for the type (innerest-most subquery), and then for its element type
    -- This also returns the array element, range subtype and domain base type as elemtypoid
    SELECT
        typ.oid, typ.typnamespace, typ.typname, typ.typtype, typ.typrelid, typ.typnotnull, typ.relkind,
        elemtyp.oid AS elemtypoid, elemtyp.typname AS elemtypname, elemcls.relkind AS elemrelkind,
        CASE WHEN elemproc.proname='array_recv' THEN 'a' ELSE elemtyp.typtype END AS elemtyptype
        , typ.typcategory
    FROM (
        SELECT typ.oid, typnamespace, typname, typrelid, typnotnull, relkind, typelem AS elemoid,
            CASE WHEN proc.proname='array_recv' THEN 'a' ELSE typ.typtype END AS typtype,
            CASE
                WHEN proc.proname='array_recv' THEN typ.typelem
                WHEN typ.typtype='r' THEN rngsubtype
                WHEN typ.typtype='m' THEN (SELECT rngtypid FROM pg_range WHERE rngmultitypid = typ.oid)
                WHEN typ.typtype='d' THEN typ.typbasetype
            END AS elemtypoid
            , typ.typcategory
        FROM pg_type AS typ
        LEFT JOIN pg_class AS cls ON (cls.oid = typ.typrelid)
        LEFT JOIN pg_proc AS proc ON proc.oid = typ.typreceive
        LEFT JOIN pg_range ON (pg_range.rngtypid = typ.oid)
    ) AS typ
    LEFT JOIN pg_type AS elemtyp ON elemtyp.oid = elemtypoid
    LEFT JOIN pg_class AS elemcls ON (elemcls.oid = elemtyp.typrelid)
    LEFT JOIN pg_proc AS elemproc ON elemproc.oid = elemtyp.typreceive
) AS t
JOIN pg_namespace AS ns ON (ns.oid = typnamespace)
WHERE
    
    (typtype IN ('b', 'r', 'm', 'e', 'd') OR -- Base, range, multirange, enum, domain
    (typtype = 'c' AND relkind='c') OR -- User-defined free-standing composites (not table composites) by default
    (typtype = 'p' AND typname IN ('record', 'void', 'unknown')) OR -- Some special supported pseudo-types
    (typtype = 'a' AND (  -- Array of...
        elemtyptype IN ('b', 'r', 'm', 'e', 'd') OR -- Array of base, range, multirange, enum, domain
        (elemtyptype = 'p' AND elemtypname IN ('record', 'void')) OR -- Arrays of special supported pseudo-types
        (elemtyptype = 'c' AND elemrelkind='c') -- Array of user-defined free-standing composites (not table composites) by default
    )))
ORDER BY CASE
       WHEN typtype IN ('b', 'e', 'p') THEN 0           -- First base types, enums, pseudo-types
       WHEN typtype = 'c' THEN 1                        -- Composites after (fields loaded later in 2nd pass)
       WHEN typtype = 'r' THEN 2                        -- Ranges after
       WHEN typtype = 'm' THEN 3                        -- Multiranges after
       WHEN typtype = 'd' AND elemtyptype <> 'a' THEN 4 -- Domains over non-arrays after
       WHEN typtype = 'a' THEN 5                        -- Arrays after
       WHEN typtype = 'd' AND elemtyptype = 'a' THEN 6  -- Domains over arrays last
END;

-- Load field definitions for (free-standing) composite types
SELECT typ.oid, att.attname, att.atttypid
FROM pg_type AS typ
JOIN pg_namespace AS ns ON (ns.oid = typ.typnamespace)
JOIN pg_class AS cls ON (cls.oid = typ.typrelid)
JOIN pg_attribute AS att ON (att.attrelid = typ.typrelid)
WHERE
  (typ.typtype = 'c' AND cls.relkind='c') AND
  
  attnum > 0 AND     -- Don't load system attributes
  NOT attisdropped
ORDER BY typ.oid, att.attnum;

-- Load enum fields
SELECT typ.oid, enumlabel
FROM pg_enum
JOIN pg_type AS typ ON typ.oid = enumtypid
JOIN pg_namespace AS ns ON ns.oid = typ.typnamespace

ORDER BY oid, enumsortorder;
-- next
SELECT video_title FROM job_queue WHERE id = $1
-- next
SELECT w.pending, (SELECT count(*) FROM job_queue WHERE status = 'processing') AS running,
       (SELECT count(*) FROM job_queue WHERE dead_reason IS NOT NULL) AS dead,
       greatest(0, coalesce(extract(epoch FROM clock_timestamp() - w.oldest), 0))::double precision AS oldest_seconds,
       greatest(0, coalesce(extract(epoch FROM clock_timestamp() - (SELECT min(lease_until) FROM job_queue
           WHERE status = 'processing')), 0))::double precision AS lapsed_seconds
FROM (SELECT count(*) AS pending, min(scheduled_at) AS oldest FROM job_queue WHERE status = 'pending') w
-- next
UPDATE account_credentials SET breach_count = $1 WHERE user_id = $2 AND password_hash = $3
-- next
UPDATE account_credentials SET password_hash = $1 WHERE user_id = $2 AND password_hash = $3
-- next
UPDATE audits SET
    video_title = CASE WHEN provenance ->> 'title' IN ('youtube_api', 'oembed') THEN NULL ELSE video_title END,
    thumbnail_url = CASE WHEN provenance ->> 'thumbnailUrl' IN ('youtube_api', 'oembed') THEN NULL ELSE thumbnail_url END,
    analysis = analysis #- '{result,checks}' #- '{result,fixes}' #- '{input}',
    provenance = '{"purged": "true"}'::jsonb, api_data_expires_at = NULL
WHERE id IN (
    SELECT id FROM audits
    WHERE created_at < $1 AND provenance <> '{}'::jsonb AND NOT provenance ? 'purged'
      AND EXISTS (SELECT 1 FROM jsonb_each_text(provenance) AS p WHERE p.value IN ('youtube_api', 'oembed'))
    ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
-- next
UPDATE error_logs SET resolved = true, resolved_at = now(), resolved_by = $1, resolution_notes = $2
WHERE id = $3 AND NOT resolved
-- next
UPDATE invitations SET current_uses = current_uses + 1
WHERE code = $1 AND current_uses < max_uses AND (expires_at IS NULL OR expires_at > now()) AND (email IS NULL
    OR email_key = $2)
RETURNING id
-- next
UPDATE job_lanes l SET lane_key = clock_timestamp(), parked = false
FROM (SELECT user_id FROM job_lanes WHERE lane_key IS NULL AND user_id = ANY ($1) ORDER BY user_id FOR UPDATE) p
WHERE l.user_id = p.user_id
-- next
UPDATE job_queue SET dead_reason = NULL WHERE id = $1 AND dead_reason IS NOT NULL
-- next
UPDATE job_queue q SET lease_until = clock_timestamp() + $1
FROM unnest($2, $3) AS held (id, token)
WHERE q.id = held.id AND q.lease_token = held.token AND q.status = 'processing'
RETURNING q.id
-- next
UPDATE job_queue q SET progress = $1, stage = $2, event_seq = q.event_seq + 1, updated_at = clock_timestamp()
WHERE q.id = $3 AND q.lease_token = $4 AND q.status = 'processing' AND q.progress < $1
RETURNING job_notify(q, 'job-progress')::text
-- next
UPDATE job_queue q SET status = 'completed', progress = 100, stage = 'completed', result = $1::jsonb,
    video_title = coalesce($2, q.video_title),
    lease_token = NULL, lease_until = NULL, locked_by = NULL, completed_at = clock_timestamp(), updated_at = clock_timestamp(),
    error_code = NULL, error_message = NULL, event_seq = q.event_seq + 1
WHERE q.id = $3 AND q.lease_token = $4 AND q.status = 'processing'
RETURNING q.user_id
-- next
UPDATE job_queue q SET status = 'failed', stage = 'failed', dead_reason = 'poison', lease_token = NULL, lease_until = NULL,
    completed_at = clock_timestamp(), event_seq = q.event_seq + 1, updated_at = clock_timestamp()
WHERE q.id IN (SELECT id FROM job_queue WHERE status = 'processing' AND locked_by IS NULL AND (crashes >= $1
    OR crashes_alone >= $2)
    ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED)
RETURNING q.id, q.user_id
-- next
UPDATE job_queue q SET status = 'failed', stage = 'failed', error_code = $1, error_message = $2, error_stack = $3,
    dead_reason = $4,
    lease_token = NULL, lease_until = NULL, locked_by = NULL, completed_at = clock_timestamp(), event_seq = q.event_seq + 1,
        updated_at = clock_timestamp()
WHERE q.id = $5 AND q.lease_token = $6 AND q.status = 'processing'
RETURNING q.user_id
-- next
UPDATE job_queue q SET status = 'pending', stage = 'retrying', lease_token = NULL, lease_until = NULL, event_seq = q.event_seq + 1,
    updated_at = clock_timestamp()
WHERE q.id IN (SELECT id FROM job_queue WHERE status = 'processing' AND locked_by IS NULL AND crashes < $1
    AND crashes_alone < $2
    AND lease_until < clock_timestamp() - $3 ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED)
RETURNING q.user_id
-- next
UPDATE job_queue q SET status = 'pending', stage = 'retrying', scheduled_at = clock_timestamp() + $1,
    deferrals = q.deferrals + $2::int,
    attempts = q.attempts - $2::int, error_code = $3, error_message = $4,
    lease_token = NULL, lease_until = NULL, locked_by = NULL, event_seq = q.event_seq + 1, updated_at = clock_timestamp()
WHERE q.id = $5 AND q.lease_token = $6 AND q.status = 'processing'
RETURNING q.user_id, job_notify(q, 'job-progress')::text
-- next
UPDATE llm_calls SET status = 'unknown', completion_tokens = reserved_tokens, estimated = true, outcome = $1,
    settled_at = $2
WHERE id = $3 AND status = 'intent'
RETURNING id, run_key, user_id, created_at, reserved_tokens AS old_tokens, reserved_tokens AS new_tokens
-- next
UPDATE login_attempts SET undecided = greatest(undecided - 1, 0) WHERE email_digest = $1
-- next
UPDATE mail_outbox SET template = 'password_reset', user_id = $1, recipient = $2, data = jsonb_build_object('resetId', $3) WHERE id = $4
-- next
UPDATE notifications SET read = true, read_at = clock_timestamp() WHERE id = $1 AND user_id = $2 AND NOT read
-- next
UPDATE notifications SET read = true, read_at = clock_timestamp() WHERE user_id = $1 AND NOT read
-- next
UPDATE profiles SET email = $1, email_key = CASE WHEN email = $1 THEN email_key ELSE $2 END, name = $3, role = $4,
    picture = $5, account_locked = $6, status = $7,
       token_version = token_version + CASE WHEN $8 THEN 1 ELSE 0 END,
       email_verified_at = CASE WHEN email = $1 THEN email_verified_at END
WHERE id = $9
-- next
UPDATE profiles SET last_login = now() WHERE id = $1
-- next
UPDATE profiles SET token_version = token_version + 1 WHERE id = $1 RETURNING token_version
-- next
UPDATE profiles p SET name = $1 WHERE p.id = $2 RETURNING p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, p.created_at, p.updated_at
-- next
UPDATE quota_reservations SET state = $1, settled_at = clock_timestamp() WHERE job_id = $2 AND state = 'reserved'
-- next
UPDATE rate_limit_hits SET hits = hits[:cardinality(hits) - 1] WHERE key = $1 AND cardinality(hits) > 0
-- next
UPDATE sessions SET revoked_at = now(), revoked_reason = $1
WHERE user_id = $2 AND ($3 IS NULL OR id = $3) AND ($4 IS NULL OR id <> $4)
  AND revoked_at IS NULL AND expires_at > now() AND idle_expires_at > now()
-- next
UPDATE sessions SET token_version = $1 WHERE id = $2 AND user_id = $3 AND revoked_at IS NULL
-- next
UPDATE spend_counters SET tokens = tokens + $1, updated_at = now() WHERE scope = $2 AND period = $3
-- next
UPDATE stored_files SET size_bytes = $1, complete = true WHERE key = $2
-- next
UPDATE upstream_states
SET state = 'closed', reason = NULL, failures = 0, opens = 0, open_until = NULL, trial_until = NULL, credential = NULL,
    updated_at = $1
WHERE upstream = $2 AND ($3 AND state <> 'closed' OR state = 'closed' AND failures > 0)
-- next
UPDATE user_identities i SET last_used_at = now(), email = coalesce($1, i.email) FROM profiles p
WHERE i.provider = $2 AND i.subject = $3 AND p.id = i.user_id RETURNING p.id, p.email, p.name, p.role, p.picture, p.provider, p.status, p.account_locked, p.token_version, p.email_verified_at, p.created_at, p.updated_at
-- next
UPDATE video_analysis_logs SET status = 'cancelled', stage = 'cancelled', completed_at = clock_timestamp() WHERE job_id = $1
-- next
UPDATE video_analysis_logs SET status = 'completed', stage = 'completed', progress_percentage = 100, audit_id = $1,
    video_title = $2,
    prompt_tokens = $3, completion_tokens = $4, tokens_consumed = $5, model_used = $6,
        cost_usd = $7,
    processing_time_ms = $8, retry_count = $9, completed_at = clock_timestamp(), results = $10::jsonb
WHERE job_id = $11
-- next
UPDATE video_analysis_logs SET video_title = NULL, results = NULL
WHERE id IN (
    SELECT id FROM video_analysis_logs WHERE created_at < $1 AND analysis_type = 'standard'
        AND (video_title IS NOT NULL OR results IS NOT NULL)
    ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)
-- next
UPDATE video_analysis_logs l SET status = 'failed', stage = 'failed', error_code = $1, error_message = $2,
    failed_at = clock_timestamp(),
    retry_count = q.retry_count
FROM job_queue q WHERE q.id = $3 AND l.job_id = q.id
-- next
WITH RECURSIVE waiting AS (
    (SELECT user_id FROM job_queue WHERE status = 'pending' ORDER BY user_id LIMIT 1)
    UNION ALL
    SELECT (SELECT q.user_id FROM job_queue q WHERE q.status = 'pending' AND q.user_id > w.user_id ORDER BY q.user_id LIMIT 1)
    FROM waiting w WHERE w.user_id IS NOT NULL
), asleep AS (
    SELECT w.user_id FROM waiting w LEFT JOIN job_lanes l ON l.user_id = w.user_id
    WHERE w.user_id IS NOT NULL AND l.lane_key IS NULL
      AND EXISTS (SELECT 1 FROM job_queue q WHERE q.user_id = w.user_id AND q.status = 'pending' AND q.scheduled_at <= now())
      AND (SELECT count(*) FROM job_queue r WHERE r.user_id = w.user_id AND r.status = 'processing') < $1
)
INSERT INTO job_lanes (user_id, lane_key) SELECT user_id, clock_timestamp() FROM asleep ORDER BY user_id
ON CONFLICT (user_id) DO UPDATE SET lane_key = excluded.lane_key, parked = false WHERE job_lanes.lane_key IS NULL
-- next
WITH admins AS (SELECT id FROM profiles WHERE role = 'admin' AND status = 'active' AND NOT account_locked ORDER BY id FOR UPDATE)
DELETE FROM profiles p WHERE p.id = $1 AND (p.role <> 'admin' OR EXISTS (SELECT 1 FROM admins a WHERE a.id <> p.id))
RETURNING p.email
-- next
WITH back AS (
    UPDATE job_queue q SET status = 'pending', attempts = q.attempts - 1, lease_token = NULL, lease_until = NULL, locked_by = NULL,
        updated_at = clock_timestamp()
    FROM unnest($1, $2) AS held (id, token)
    WHERE q.id = held.id AND q.lease_token = held.token AND q.status = 'processing'
    RETURNING q.id, q.user_id
), woken AS (
    UPDATE job_lanes l SET lane_key = clock_timestamp(), parked = false
    FROM (SELECT user_id FROM job_lanes WHERE lane_key IS NULL AND user_id IN (SELECT user_id FROM back)
        ORDER BY user_id FOR UPDATE) p
    WHERE l.user_id = p.user_id
)
SELECT id FROM back
-- next
WITH created AS (
    INSERT INTO profiles (id, email, email_key, name, role, picture, provider, email_verified_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8 THEN now() END)
    ON CONFLICT (email_key) DO NOTHING
    RETURNING *),
subscribed AS (INSERT INTO user_subscriptions (user_id) SELECT id FROM created)
SELECT p.* FROM created p
-- next
WITH done AS (
    UPDATE job_queue q SET status = 'completed', progress = 100, stage = 'completed', lease_token = NULL, lease_until = NULL,
        locked_by = NULL,
        completed_at = clock_timestamp(), updated_at = clock_timestamp(), error_code = NULL, error_message = NULL,
            event_seq = q.event_seq + 1
    FROM unnest($1, $2) AS held (id, token)
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
-- next
WITH e AS (SELECT * FROM error_logs WHERE created_at > now() - make_interval(days => $1))
SELECT jsonb_build_object(
    'totalErrors', (SELECT count(DISTINCT COALESCE(fingerprint, id::text)) FROM e), 'totalOccurrences',
        (SELECT COALESCE(sum(occurrences), 0) FROM e),
    'byType', (SELECT COALESCE(jsonb_object_agg(error_type, n), '{}') FROM (SELECT error_type, count(*) AS n FROM e GROUP BY 1) x),
    'bySeverity', (SELECT COALESCE(jsonb_object_agg(severity, n), '{}') FROM (SELECT severity, count(*) AS n FROM e GROUP BY 1) x),
    'resolvedCount', (SELECT count(*) FROM e WHERE resolved), 'unresolvedCount', (SELECT count(*) FROM e WHERE NOT resolved))::text
-- next
WITH e AS (SELECT * FROM job_enqueue($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7,
    $8, $9, $10, $11, $12, $13::timestamptz, $14,
    $15, $16, $17, $18)), log AS (
    INSERT INTO video_analysis_logs (id, user_id, job_id, video_id, video_url, video_title, analysis_type, status, stage)
    SELECT $19, $2, e.job_id, $20, $21, $6, $22, 'initiated', $23 FROM e
        WHERE e.outcome = 'created'
)
SELECT * FROM e
-- next
WITH e AS (SELECT * FROM job_enqueue($1, $2, $3, $4::jsonb, $5::jsonb, $6, $7,
    $8, $9, $10, $11, $12, $13::timestamptz, $14,
    $15, $16, $17, $18)), log AS (
    INSERT INTO video_analysis_logs (id, user_id, job_id, video_id, video_url, video_title, analysis_type, status, stage,
        metadata)
    SELECT $19, l.user_id, e.job_id, l.video_id, l.video_url, l.video_title, l.analysis_type, 'initiated', 'queued',
        jsonb_build_object('retry_of', l.job_id)
    FROM e JOIN video_analysis_logs l ON l.job_id = $20 WHERE e.outcome = 'created'
)
SELECT * FROM e
-- next
WITH family AS MATERIALIZED (
    SELECT t.generation AS presented, s.id AS session_id, s.user_id, s.generation, s.revoked_at IS NOT NULL AS revoked,
           s.idle_expires_at > now() AND s.expires_at > now() AS alive, now() - s.rotated_at <= $1 AS within_grace,
           s.token_version = p.token_version AND NOT p.account_locked AND p.status = 'active' AS current,
           p.email, p.role, p.token_version
    FROM refresh_tokens t JOIN sessions s ON s.id = t.session_id JOIN profiles p ON p.id = s.user_id
    WHERE t.digest = $2),
rotated AS (
    UPDATE sessions s SET generation = s.generation + 1, rotated_at = now(), last_used_at = now(),
           idle_expires_at = least(now() + $3, s.expires_at), ip_address = coalesce($4, s.ip_address)
    FROM family f
    WHERE s.id = f.session_id AND f.current AND s.token_version = f.token_version
      AND s.generation = f.presented AND s.revoked_at IS NULL AND s.expires_at > now() AND s.idle_expires_at > now()
    RETURNING s.id, s.generation),
added AS (INSERT INTO refresh_tokens (digest, session_id, generation) SELECT $5, id, generation FROM rotated)
SELECT f.*, EXISTS (SELECT 1 FROM rotated) AS rotated,
       (SELECT n.digest FROM refresh_tokens n WHERE n.session_id = f.session_id AND n.generation = f.presented + 1) AS successor
FROM family f
-- next
WITH healthy AS (
    SELECT id FROM job_queue WHERE status = 'processing' AND locked_by IS NULL AND crashes < $1
    ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
), suspect AS (
    SELECT id FROM job_queue WHERE status = 'processing' AND locked_by IS NULL AND crashes >= $1
        AND crashes < $3 AND crashes_alone < $4
    ORDER BY id LIMIT least($5, $2 - (SELECT count(*) FROM healthy)) FOR UPDATE SKIP LOCKED
)
UPDATE job_queue q SET attempts = q.attempts + 1, lease_token = nextval('job_lease_tokens'),
    lease_until = clock_timestamp() + $6, locked_by = $7,
    event_seq = q.event_seq + 1, updated_at = clock_timestamp()
WHERE q.id IN (SELECT id FROM healthy UNION ALL SELECT id FROM suspect)
RETURNING q.id, q.user_id, q.job_type, q.payload::text AS payload, q.attempts AS attempt, q.max_retries AS max_attempts, q.crashes,
    q.deferrals, q.progress,
    q.lease_token, q.correlation_id, q.traceparent, q.created_at, 0::double precision AS waited_seconds
-- next
WITH instance AS (
    INSERT INTO metric_instances (instance_id, service, hostname, process_id, started_at, seen_at, points)
    VALUES ($1, $2, $3, $4, $5, now(), $6::jsonb)
    ON CONFLICT (instance_id) DO UPDATE SET seen_at = now(), points = EXCLUDED.points)
INSERT INTO metric_windows (instance_id, service, seconds, requests, server_errors, client_errors, rate_limited, latency,
    database_calls, database_errors, database_latency, ai_requests, ai_failures, ai_tokens, ai_cost_usd, auth_successes,
    auth_failures, cache_hits, cache_misses, system_errors, audits, heap_bytes, rss_bytes, queue_waiting, queue_running,
        queue_oldest_seconds)
SELECT $1, $2, $7, $8, $9, $10, $11, $12,
    $13, $14, $15, $16, $17, $18, $19, $20,
    $21, $22, $23, $24, $25, $26, $27,
    count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'processing'),
    COALESCE(extract(epoch FROM now() - min(scheduled_at) FILTER (WHERE status = 'pending' AND scheduled_at <= now())), 0)
FROM (
    SELECT 'pending' AS status, scheduled_at FROM job_queue WHERE status = 'pending'
    UNION ALL
    SELECT 'processing', scheduled_at FROM job_queue WHERE status = 'processing') q
-- next
WITH log AS (
    UPDATE video_analysis_logs SET status = 'processing', stage = 'started', started_at = coalesce(started_at, clock_timestamp()),
        retry_count = $1
    WHERE job_id = $2 AND status IN ('initiated', 'processing')
)
SELECT video_title, job_notify(q, 'job-started')::text AS told FROM job_queue q WHERE q.id = $2
    AND q.lease_token = $3 FOR SHARE
-- next
WITH old AS (SELECT id, status, reserved_tokens, total_tokens FROM llm_calls WHERE id = $1 AND status <> 'settled' FOR UPDATE)
UPDATE llm_calls c SET status = 'settled', prompt_tokens = $2, completion_tokens = $3,
    cached_tokens = $4,
    estimated = $5, cost_usd = $6, outcome = $7, upstream_request_id = $8, settled_at = $9
FROM old WHERE c.id = old.id
RETURNING c.id, c.run_key, c.user_id, c.created_at,
    CASE old.status WHEN 'intent' THEN old.reserved_tokens ELSE old.total_tokens END AS old_tokens,
        $2 + $3 AS new_tokens
-- next
WITH opened AS (
    INSERT INTO sessions (id, user_id, token_version, auth_method, idle_expires_at, expires_at, ip_address, user_agent)
    VALUES ($1, $2, $3, $4, now() + $5, now() + $6, $7, $8))
INSERT INTO refresh_tokens (digest, session_id, generation) VALUES ($9, $1, 0)
-- next
WITH recent AS MATERIALIZED (
    SELECT CASE WHEN family(ip_address) = 6 THEN network(set_masklen(ip_address, 64))::inet ELSE ip_address END AS ip_address,
           coalesce(metadata->>'account', user_id::text, id::text) AS account
    FROM security_events WHERE event_type = 'failed_login' AND created_at > now() - interval '10 minutes'),
found AS (
    SELECT 'brute_force_attempt' AS event_type, 'password_spray' AS action, ip_address, count(*) AS failures,
        count(DISTINCT account) AS accounts, 1 AS addresses
    FROM recent WHERE ip_address IS NOT NULL GROUP BY ip_address HAVING count(DISTINCT account) >= $1
    UNION ALL
    SELECT 'suspicious_activity', 'distributed_guessing', NULL, count(*), count(DISTINCT account), count(DISTINCT ip_address)
    FROM recent HAVING count(DISTINCT ip_address) >= $2
       AND count(*) > 3 * (SELECT count(*) / 144.0 FROM security_events WHERE event_type = 'failed_login'
           AND created_at BETWEEN now() - interval '1 day' AND now() - interval '10 minutes'))
INSERT INTO security_events (event_type, action, ip_address, event_category, severity, status, resource_type, metadata)
SELECT f.event_type, f.action, f.ip_address, 'security', 'critical', 'warning', 'authentication',
       jsonb_build_object('failures', f.failures, 'accounts', f.accounts, 'addresses', f.addresses, 'windowMinutes', 10)
FROM found f
WHERE NOT EXISTS (SELECT 1 FROM security_events e WHERE e.event_type = f.event_type AND e.action = f.action
    AND e.ip_address IS NOT DISTINCT FROM f.ip_address AND e.created_at > now() - interval '30 minutes')
-- next
WITH s AS (SELECT * FROM system_logs WHERE created_at > now() - interval '1 hour')
SELECT jsonb_build_object('errorCount', (SELECT count(*) FROM s WHERE log_level = 'error'), 'warningCount', (SELECT count(*) FROM s
    WHERE log_level = 'warning'),
    'criticalCount', (SELECT count(*) FROM s WHERE log_level = 'critical'), 'avgMemoryUsage',
        (SELECT COALESCE(round(avg(memory_usage_mb)), 0) FROM s),
    'byCategory', (SELECT COALESCE(jsonb_object_agg(category, n), '{}') FROM (SELECT category, count(*) AS n FROM s
        GROUP BY 1) x))::text
-- next
WITH silent AS (
    SELECT locked_by, count(*) AS held FROM job_queue WHERE status = 'processing' AND locked_by IS NOT NULL
    GROUP BY locked_by HAVING min(lease_until) < clock_timestamp()
), lost AS (
    SELECT q.id, s.held FROM job_queue q JOIN silent s ON s.locked_by = q.locked_by WHERE q.status = 'processing'
    ORDER BY q.id FOR UPDATE OF q SKIP LOCKED
)
UPDATE job_queue q SET crashes = q.crashes + 1, crashes_alone = q.crashes_alone + (lost.held = 1)::int, error_code = 'worker_lost',
    error_message = $1,
    lease_token = nextval('job_lease_tokens'), lease_until = least(q.lease_until, clock_timestamp()), locked_by = NULL,
        updated_at = clock_timestamp()
FROM lost WHERE q.id = lost.id
-- next
WITH spent AS (
    UPDATE password_reset_tokens SET used_at = now()
    WHERE id = $1 AND digest = $2 AND used_at IS NULL AND expires_at > now() RETURNING user_id),
others AS (
    UPDATE password_reset_tokens t SET used_at = now() FROM spent WHERE t.user_id = spent.user_id AND t.id <> $1
        AND t.used_at IS NULL)
UPDATE profiles p SET email_verified_at = coalesce(p.email_verified_at, now()) FROM spent WHERE p.id = spent.user_id RETURNING p.id,
    p.email
-- next
WITH target AS (
    SELECT id, lease_token FROM job_queue WHERE id = $1 AND user_id = $2 AND status IN ('pending', 'processing') FOR UPDATE
)
UPDATE job_queue q SET status = 'cancelled', stage = 'cancelled', error_code = 'cancelled',
    error_message = 'Cancelled by the user.',
    lease_token = NULL, lease_until = NULL, locked_by = NULL, completed_at = clock_timestamp(), event_seq = q.event_seq + 1,
        updated_at = clock_timestamp()
FROM target WHERE q.id = target.id
RETURNING q.video_title, target.lease_token
-- next
WITH who AS (
    SELECT p.id, p.email, p.name, e.tier, e.period_start, e.period_end, l.video_analysis_limit, l.token_limit, l.api_calls_limit
    FROM profiles p
    LEFT JOIN user_subscriptions s ON s.user_id = p.id AND s.status IN ('active', 'trialing', 'past_due')
        AND s.current_period_end > now()
    CROSS JOIN LATERAL (SELECT coalesce(s.tier::text, 'free') AS tier,
        coalesce(s.current_period_start, date_trunc('month', now(), 'UTC')) AS period_start,
        coalesce(s.current_period_end, date_trunc('month', now(), 'UTC') + interval '1 month') AS period_end) e
    JOIN subscription_limits l ON l.tier = e.tier
    WHERE p.id = $1),
videos AS (SELECT count(*)::int AS total, count(*) FILTER (WHERE a.created_at >= w.period_start)::int AS monthly FROM who w LEFT
    JOIN audits a ON a.user_id = w.id WHERE a.id IS NOT NULL),
tokens AS (SELECT coalesce(sum(t.total_tokens), 0)::bigint AS total,
    coalesce(sum(t.total_tokens) FILTER (WHERE t.created_at >= w.period_start), 0)::bigint AS monthly
           FROM who w LEFT JOIN user_token_usage t ON t.user_id = w.id),
features AS (SELECT t.feature_type, sum(t.total_tokens)::bigint AS used FROM who w JOIN user_token_usage t ON t.user_id = w.id
    AND t.created_at >= w.period_start GROUP BY 1),
calls AS (SELECT count(r.id)::int AS total, count(r.id) FILTER (WHERE r.created_at >= w.period_start)::int AS monthly FROM who w
    LEFT JOIN api_request_logs r ON r.user_id = w.id),
endpoints AS (SELECT r.endpoint, count(*)::int AS used FROM who w JOIN api_request_logs r ON r.user_id = w.id GROUP BY 1
    ORDER BY 2 DESC, 1 LIMIT 10),
activities AS (SELECT u.id, u.activity_type, u.description, u.created_at, u.metadata FROM who w JOIN user_logs u ON u.user_id = w.id
    ORDER BY u.created_at DESC, u.id LIMIT 20),
history AS (SELECT v.* FROM who w JOIN video_analysis_logs v ON v.user_id = w.id ORDER BY v.created_at DESC, v.id LIMIT 50)
SELECT json_build_object(
    'userId', w.id, 'email', w.email, 'name', coalesce(w.name, ''), 'subscriptionTier', w.tier,
    'videoAnalysis', json_build_object('totalAnalyzed', v.total, 'monthlyAnalyzed', v.monthly, 'limit', w.video_analysis_limit,
        'remaining', CASE WHEN w.video_analysis_limit < 0 THEN -1 ELSE greatest(w.video_analysis_limit - v.monthly, 0) END,
        'percentageUsed', CASE WHEN w.video_analysis_limit <= 0 THEN 0 ELSE least(100,
            v.monthly * 100 / w.video_analysis_limit) END),
    'tokens', json_build_object('totalUsed', t.total, 'monthlyUsed', t.monthly, 'limit', w.token_limit,
        'remaining', CASE WHEN w.token_limit < 0 THEN -1 ELSE greatest(w.token_limit - t.monthly, 0) END,
        'percentageUsed', CASE WHEN w.token_limit <= 0 THEN 0 ELSE least(100, t.monthly * 100 / w.token_limit) END,
        'breakdown', (SELECT coalesce(json_agg(json_build_object('featureType', f.feature_type, 'tokensConsumed', f.used,
            'percentage', CASE WHEN t.monthly = 0 THEN 0 ELSE round(f.used * 100.0 / t.monthly, 1) END) ORDER BY f.used DESC,
                f.feature_type), '[]'::json) FROM features f)),
    'apiCalls', json_build_object('totalCalls', c.total, 'monthlyCallsCount', c.monthly, 'limit', w.api_calls_limit,
        'remaining', CASE WHEN w.api_calls_limit < 0 THEN -1 ELSE greatest(w.api_calls_limit - c.monthly, 0) END,
        'percentageUsed', CASE WHEN w.api_calls_limit <= 0 THEN 0 ELSE least(100, c.monthly * 100 / w.api_calls_limit) END,
        'byEndpoint', (SELECT coalesce(json_agg(json_build_object('endpoint', e.endpoint, 'count', e.used,
            'percentage', CASE WHEN c.total = 0 THEN 0 ELSE round(e.used * 100.0 / c.total, 1) END) ORDER BY e.used DESC,
                e.endpoint), '[]'::json) FROM endpoints e)),
    'recentActivities', (SELECT coalesce(json_agg(json_build_object('id', a.id, 'activityType', a.activity_type, 'description',
        a.description,
            'timestamp', to_char(a.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'metadata', a.metadata)
                ORDER BY a.created_at DESC, a.id), '[]'::json) FROM activities a),
    'videoAnalysisHistory', (SELECT coalesce(json_agg(json_build_object('id', h.id, 'videoId', h.video_id, 'videoTitle',
        coalesce(h.video_title, ''), 'videoUrl', h.video_url,
            'analysisType', h.analysis_type, 'tokensUsed', h.tokens_consumed, 'status', h.status,
            'createdAt', to_char(h.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
            'completedAt', to_char(h.completed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'results', h.results)
                ORDER BY h.created_at DESC, h.id), '[]'::json) FROM history h),
    'period', json_build_object('startDate', to_char(w.period_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'endDate', to_char(w.period_end AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'daysRemaining', greatest(0, ceil(extract(epoch FROM w.period_end - now()) / 86400))::int))::text
FROM who w CROSS JOIN videos v CROSS JOIN tokens t CROSS JOIN calls c
