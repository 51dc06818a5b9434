-- Row security denies by default; operators see all rows of what they may read (attributes like BYPASSRLS do not reach a role's members).
DO $$
DECLARE
    target regclass;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ytoptimizer_operator') THEN RETURN; END IF;
    FOR target IN
        SELECT c.oid::regclass FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND has_table_privilege('ytoptimizer_operator', c.oid, 'SELECT')
    LOOP
        EXECUTE format('CREATE POLICY operators_read ON %s FOR SELECT TO ytoptimizer_operator USING (true)', target);
    END LOOP;
    CREATE POLICY operators_update ON public.profiles FOR UPDATE TO ytoptimizer_operator USING (true) WITH CHECK (true);
    CREATE POLICY operators_write ON public.ip_rate_limits TO ytoptimizer_operator USING (true) WITH CHECK (true);
    -- The extension's view lies in public where it was created there.
    IF to_regclass('public.pg_stat_statements') IS NOT NULL THEN
        GRANT SELECT ON public.pg_stat_statements TO ytoptimizer_operator;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN RAISE NOTICE 'operators read as the owner: %', SQLERRM;
END
$$;
