-- Who may touch which rows. The API and the worker are the only writers; on Supabase, PostgREST reaches the same tables as anon or
-- authenticated, and this is what it then meets:
--   anon           reads the plan catalogue, nothing else
--   authenticated  reads its own rows of the tables listed below; an administrator reads everyone's; nobody writes
--   service_role   bypasses row security (Supabase's own role), but not the append-only rules
--   ytoptimizer_app  what API and worker log in as in production: all rows, no DDL, no changes to append-only tables
-- The owner (migrations; a developer's local server) is not subject to row security.

DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ytoptimizer_app') THEN
        CREATE ROLE ytoptimizer_app NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- roles are shared by all databases of a server
END
$$;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, anon, authenticated;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM anon, authenticated;
-- Supabase grants everything on new tables to its roles; ours say themselves what they open.
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM anon, authenticated;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ytoptimizer_app, service_role;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ytoptimizer_app, service_role;
GRANT USAGE ON SCHEMA public TO anon, authenticated, service_role, ytoptimizer_app;
GRANT USAGE ON SCHEMA auth TO ytoptimizer_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ytoptimizer_app, service_role;
REVOKE ALL ON SCHEMA ops FROM PUBLIC, anon, authenticated, ytoptimizer_app, service_role;

-- Reads the role from the profile, never from the token: a token's metadata is the user's own to edit. As definer it does not meet the
-- policies that call it, so they cannot recurse.
CREATE FUNCTION current_user_is_admin() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT EXISTS (SELECT 1 FROM public.profiles p WHERE p.id = (SELECT auth.uid()) AND p.role = 'admin' AND NOT p.account_locked)
$$;
REVOKE ALL ON FUNCTION current_user_is_admin() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION current_user_is_admin() TO authenticated, ytoptimizer_app;

-- Every migration that creates a table calls this once: SELECT secure_table('things', 'user_id');
-- owner_column: rows whose column equals the caller's id are readable by authenticated. NULL: not readable by users at all.
-- admin_reads: administrators may read all rows as authenticated.
CREATE FUNCTION secure_table(target regclass, owner_column name DEFAULT NULL, admin_reads boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    EXECUTE pg_catalog.format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE pg_catalog.format('REVOKE ALL ON %s FROM PUBLIC, anon, authenticated', target);
    EXECUTE pg_catalog.format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO ytoptimizer_app, service_role', target);
    EXECUTE pg_catalog.format('DROP POLICY IF EXISTS app_all ON %s', target);
    EXECUTE pg_catalog.format('CREATE POLICY app_all ON %s TO ytoptimizer_app USING (true) WITH CHECK (true)', target);
    EXECUTE pg_catalog.format('DROP POLICY IF EXISTS own_rows ON %s', target);
    EXECUTE pg_catalog.format('DROP POLICY IF EXISTS admin_rows ON %s', target);
    IF owner_column IS NOT NULL THEN
        EXECUTE pg_catalog.format('CREATE POLICY own_rows ON %s FOR SELECT TO authenticated USING (%I = (SELECT auth.uid()))', target, owner_column);
    END IF;
    IF admin_reads THEN
        EXECUTE pg_catalog.format('CREATE POLICY admin_rows ON %s FOR SELECT TO authenticated USING ((SELECT public.current_user_is_admin()))', target);
    END IF;
    IF owner_column IS NOT NULL OR admin_reads THEN
        EXECUTE pg_catalog.format('GRANT SELECT ON %s TO authenticated', target);
    END IF;
END
$$;
REVOKE ALL ON FUNCTION secure_table(regclass, name, boolean) FROM PUBLIC, anon, authenticated, service_role, ytoptimizer_app;

-- Deny by default: every table there is, whoever's migration made it.
DO $$
DECLARE
    t regclass;
BEGIN
    FOR t IN SELECT c.oid::regclass FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') LOOP
        PERFORM secure_table(t);
    END LOOP;
END
$$;

SELECT secure_table('profiles', 'id', true);
SELECT secure_table('user_subscriptions', 'user_id', true);
SELECT secure_table('payment_methods', 'user_id');
SELECT secure_table('billing_history', 'user_id', true);
SELECT secure_table('promo_code_usage', 'user_id', true);
SELECT secure_table('invitations', 'created_by', true);
SELECT secure_table('invitation_usage', 'user_id', true);
SELECT secure_table('audits', 'user_id', true);
SELECT secure_table('video_analysis_logs', 'user_id', true);
SELECT secure_table('user_token_usage', 'user_id', true);
SELECT secure_table('user_content_preferences', 'user_id', true);
SELECT secure_table('notifications', 'user_id', true);
SELECT secure_table('user_onboarding', 'user_id', true);
SELECT secure_table('user_feedbacks', 'user_id', true);
SELECT secure_table('feature_requests', 'user_id', true);
SELECT secure_table('feature_votes', 'user_id', true);
SELECT secure_table('usage_events', 'user_id', true);
SELECT secure_table('user_logs', 'user_id', true);
SELECT secure_table('security_events', 'user_id', true);
SELECT secure_table('audit_trail', NULL, true);
SELECT secure_table('error_logs', NULL, true);
SELECT secure_table('system_logs', NULL, true);
SELECT secure_table('api_request_logs', NULL, true);
SELECT secure_table('ip_rate_limits', NULL, true);

-- The plan catalogue is on the price page: public.
GRANT SELECT ON subscription_limits TO anon, authenticated;
CREATE POLICY catalogue ON subscription_limits FOR SELECT TO anon, authenticated USING (true);
