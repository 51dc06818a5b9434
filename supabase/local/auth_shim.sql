-- For plain PostgreSQL: the roles and auth helpers that Supabase brings. Every statement creates only what is missing,
-- so running it on Supabase, or twice, changes nothing. Applied by `db push` before the migrations; not itself a migration.
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'anon') THEN CREATE ROLE anon NOLOGIN NOINHERIT; END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'authenticated') THEN CREATE ROLE authenticated NOLOGIN NOINHERIT; END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'service_role') THEN CREATE ROLE service_role NOLOGIN NOINHERIT BYPASSRLS; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL; -- another instance was faster: roles are shared by all databases of a server
END
$$;

CREATE SCHEMA IF NOT EXISTS auth;

DO $$
BEGIN
    IF to_regprocedure('auth.uid()') IS NULL THEN
        CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE SET search_path = '' AS
            $f$ SELECT NULLIF(pg_catalog.current_setting('request.jwt.claims', true)::jsonb ->> 'sub', '')::uuid $f$;
    END IF;
    IF to_regprocedure('auth.role()') IS NULL THEN
        CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql STABLE SET search_path = '' AS
            $f$ SELECT NULLIF(pg_catalog.current_setting('request.jwt.claims', true)::jsonb ->> 'role', '') $f$;
    END IF;
EXCEPTION WHEN duplicate_function THEN
    NULL;
END
$$;
GRANT USAGE ON SCHEMA auth TO anon, authenticated, service_role;
