-- 1 connections
SELECT count(*) FROM pg_stat_activity;
-- 2 clock
SELECT NOW();
-- 3 slow queries
SELECT query, mean_exec_time, calls
FROM pg_stat_statements
ORDER BY mean_exec_time DESC
LIMIT 10;
-- 4 addresses over the limit
SELECT * FROM ip_rate_limits
WHERE request_count > 100
ORDER BY updated_at DESC;
-- 5 block an address
INSERT INTO ip_rate_limits (ip_address, request_count, blocked_until)
VALUES ('123.45.67.89', 10000, NOW() + INTERVAL '24 hours');
-- 6 user count
SELECT COUNT(*) FROM profiles;
-- 7 active subscriptions
SELECT tier, COUNT(*) FROM user_subscriptions
WHERE status = 'active'
GROUP BY tier;
-- 8 error rate
SELECT COUNT(*) FROM error_logs
WHERE created_at > NOW() - INTERVAL '1 hour';
-- 9 token usage by user
SELECT user_id, SUM(total_tokens)
FROM user_token_usage
GROUP BY user_id
ORDER BY sum DESC
LIMIT 10;
-- 10 table sizes
SELECT schemaname, tablename,
       pg_size_pretty(pg_total_relation_size(schemaname||'.'||tablename))
FROM pg_tables
WHERE schemaname = 'public'
ORDER BY pg_total_relation_size(schemaname||'.'||tablename) DESC;
-- 11 index usage
SELECT schemaname, tablename, indexname, idx_scan
FROM pg_stat_user_indexes
WHERE idx_scan = 0 AND schemaname = 'public';
-- 12 missing index
CREATE INDEX IF NOT EXISTS idx_audits_user_id ON audits(user_id);
-- 13 missing index
CREATE INDEX IF NOT EXISTS idx_video_analysis_created ON video_analysis_logs(created_at);
-- 14 vacuum
VACUUM ANALYZE;
-- 15 affected account
SELECT * FROM profiles WHERE email = 'compromised@email.com';
-- 16 force logout
UPDATE profiles
SET token_version = token_version + 1
WHERE id = 'USER_ID';
-- 17 lock account
UPDATE profiles
SET account_locked = true
WHERE id = 'USER_ID';
-- 18 block an attacker
INSERT INTO ip_rate_limits (ip_address, blocked_until, request_count)
VALUES ('MALICIOUS_IP', NOW() + INTERVAL '24 hours', 999999);
-- 19 security log
SELECT * FROM security_events
WHERE created_at > NOW() - INTERVAL '24 hours'
ORDER BY created_at DESC;
-- 20 failed logins
SELECT ip_address, COUNT(*) as attempts
FROM security_events
WHERE event_type = 'failed_login'
  AND created_at > NOW() - INTERVAL '1 hour'
GROUP BY ip_address
HAVING COUNT(*) > 10;
-- 21 active users
SELECT COUNT(DISTINCT user_id)
FROM audits
WHERE created_at > NOW() - INTERVAL '24 hours';
-- 22 subscription breakdown
SELECT tier, status, COUNT(*)
FROM user_subscriptions
GROUP BY tier, status;
-- 23 error trends
SELECT DATE(created_at) as date, COUNT(*) as errors
FROM error_logs
WHERE created_at > NOW() - INTERVAL '7 days'
GROUP BY DATE(created_at)
ORDER BY date;
-- 24 token usage by tier
SELECT us.tier, SUM(utu.total_tokens) as total_tokens
FROM user_token_usage utu
JOIN user_subscriptions us ON utu.user_id = us.user_id
WHERE utu.created_at > NOW() - INTERVAL '30 days'
GROUP BY us.tier;
-- 25 top users
SELECT p.email, COUNT(*) as audit_count
FROM audits a
JOIN profiles p ON a.user_id = p.id
WHERE a.created_at > NOW() - INTERVAL '30 days'
GROUP BY p.email
ORDER BY audit_count DESC
LIMIT 10;
