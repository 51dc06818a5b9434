-- Foundation: enums, helper functions, and the operators' schema.

CREATE TYPE subscription_tier AS ENUM ('free', 'pro', 'premium', 'enterprise');
CREATE TYPE subscription_status AS ENUM ('active', 'cancelled', 'past_due', 'incomplete', 'trialing', 'inactive', 'paused');
CREATE TYPE billing_interval AS ENUM ('monthly', 'yearly');
CREATE TYPE notification_type AS ENUM ('system', 'processing', 'usage', 'update', 'tip', 'security');
CREATE TYPE notification_severity AS ENUM ('info', 'success', 'warning', 'error');

CREATE FUNCTION set_updated_at() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    NEW.updated_at := pg_catalog.now();
    RETURN NEW;
END
$$;

-- pg_stat_statements answers only where the server preloads it; without it the rest must still migrate.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_stat_statements')
       AND NOT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_stat_statements') THEN
        CREATE EXTENSION pg_stat_statements;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN
    RAISE NOTICE 'pg_stat_statements is not created: this role may not create extensions';
END
$$;

-- The runbook's index query asks for tablename and indexname, which PostgreSQL's own view calls relname and indexrelname.
-- Operators run with search_path = ops, public, pg_catalog; applications never do.
CREATE SCHEMA ops;
CREATE VIEW ops.pg_stat_user_indexes AS
    SELECT s.*, s.relname AS tablename, s.indexrelname AS indexname FROM pg_catalog.pg_stat_user_indexes s;
