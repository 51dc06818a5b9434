-- Operators: people who run the runbook's statements. A group role; give it to personal logins, with the search path that makes the runbook's
-- index query work (settings of a group do not reach its members):
--   CREATE ROLE alice LOGIN PASSWORD '…' IN ROLE ytoptimizer_operator;
--   ALTER ROLE alice SET search_path = ops, public, pg_catalog;
-- Where this migration's role may not create roles, everything else still migrates and operators work as the owner.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ytoptimizer_operator') THEN
        CREATE ROLE ytoptimizer_operator NOLOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN RAISE NOTICE 'role ytoptimizer_operator is not created: this role may not create roles';
    WHEN duplicate_object OR unique_violation THEN NULL; -- roles are shared by all databases of a server: another one was faster
END
$$;

-- Attributes and memberships of the role: each is optional.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ytoptimizer_operator') THEN RETURN; END IF;
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ytoptimizer_operator' AND rolconfig IS NOT NULL) THEN
            ALTER ROLE ytoptimizer_operator SET search_path = ops, public, pg_catalog;
        END IF;
    EXCEPTION WHEN insufficient_privilege OR internal_error THEN RAISE NOTICE 'search_path of ytoptimizer_operator is not set';
    END;
    BEGIN
        IF NOT pg_has_role('ytoptimizer_operator', 'pg_read_all_stats', 'USAGE') THEN
            GRANT pg_read_all_stats TO ytoptimizer_operator;
        END IF;
    EXCEPTION WHEN insufficient_privilege OR internal_error OR unique_violation THEN RAISE NOTICE 'pg_read_all_stats is not granted to ytoptimizer_operator';
    END;
    BEGIN
        -- Operators see all rows, whatever row-level security says to applications.
        IF NOT (SELECT rolbypassrls FROM pg_roles WHERE rolname = 'ytoptimizer_operator') THEN
            ALTER ROLE ytoptimizer_operator BYPASSRLS;
        END IF;
    EXCEPTION WHEN insufficient_privilege OR internal_error THEN RAISE NOTICE 'ytoptimizer_operator does not bypass row-level security';
    END;
    BEGIN
        -- The owner of the schema stays able to change what operators own.
        IF NOT pg_has_role(current_user, 'ytoptimizer_operator', 'USAGE') THEN
            EXECUTE format('GRANT ytoptimizer_operator TO %I', current_user);
        END IF;
    EXCEPTION WHEN insufficient_privilege OR internal_error OR unique_violation THEN RAISE NOTICE 'ytoptimizer_operator is not granted to %', current_user;
    END;
END
$$;

-- What operators read and write. Not in the list: tables that hold secrets (hashes, tokens, keys).
DO $$
DECLARE
    readable CONSTANT text[] := ARRAY['profiles', 'audits', 'video_analysis_logs', 'user_subscriptions', 'subscription_limits', 'user_token_usage', 'billing_history',
        'user_logs', 'error_logs', 'system_logs', 'api_request_logs', 'security_events', 'audit_trail', 'ip_rate_limits', 'job_queue', 'notifications', 'invitations',
        'invitation_usage', 'user_onboarding', 'user_feedbacks', 'feature_requests', 'feature_votes', 'usage_events', 'user_content_preferences'];
    name text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ytoptimizer_operator') THEN RETURN; END IF;
    GRANT USAGE ON SCHEMA ops TO ytoptimizer_operator;
    GRANT USAGE, CREATE ON SCHEMA public TO ytoptimizer_operator;
    GRANT SELECT ON ALL TABLES IN SCHEMA ops TO ytoptimizer_operator;
    FOREACH name IN ARRAY readable LOOP
        IF to_regclass(format('public.%I', name)) IS NOT NULL THEN
            EXECUTE format('GRANT SELECT ON public.%I TO ytoptimizer_operator', name);
        END IF;
    END LOOP;
    -- Force a logout, lock an account, block an address: all by plain SQL.
    GRANT UPDATE (token_version, account_locked) ON public.profiles TO ytoptimizer_operator;
    GRANT INSERT, UPDATE, DELETE ON public.ip_rate_limits TO ytoptimizer_operator;
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO ytoptimizer_operator'; -- VACUUM, ANALYZE; before 17 only owners may
    END IF;
    IF pg_has_role(current_user, 'ytoptimizer_operator', 'MEMBER') THEN
        -- CREATE INDEX is the owner's right: these are the tables on which the runbook adds indexes.
        ALTER TABLE public.audits OWNER TO ytoptimizer_operator;
        ALTER TABLE public.video_analysis_logs OWNER TO ytoptimizer_operator;
    END IF;
END
$$;
