-- Counters of the limiter that must not depend on the cache, and the wake-up call for blocks.

-- Sign-in and its kin: the instants of the accepted attempts within the window, one row per budget and caller. Exact over any number of instances,
-- because the row's lock puts attempts in order; nothing is lost when the cache is.
CREATE TABLE rate_limit_hits (
    key text PRIMARY KEY,
    hits timestamptz[] NOT NULL DEFAULT '{}',
    allowed boolean NOT NULL DEFAULT true,
    expires_at timestamptz NOT NULL
);
CREATE INDEX idx_rate_limit_hits_expires_at ON rate_limit_hits (expires_at);

-- The other budgets while the cache is away: instances draw small shares of the budget from here and spend them locally.
CREATE TABLE rate_limit_shares (
    key text PRIMARY KEY,
    window_start timestamptz NOT NULL,
    previous int NOT NULL DEFAULT 0,
    -- What was used before the outage, as far as any instance knew, and what was given out since.
    base int NOT NULL DEFAULT 0,
    used int NOT NULL DEFAULT 0,
    granted int NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL
);
CREATE INDEX idx_rate_limit_shares_expires_at ON rate_limit_shares (expires_at);

SELECT secure_table('rate_limit_hits');
SELECT secure_table('rate_limit_shares');

-- Blocks, also those written by hand, reach every instance at once; instances poll as well, for when a notification is missed.
CREATE FUNCTION notify_ip_blocks() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM pg_catalog.pg_notify('yto_ip_blocks', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER ip_rate_limits_notify AFTER INSERT OR UPDATE OF blocked_until OR DELETE ON ip_rate_limits FOR EACH STATEMENT EXECUTE FUNCTION notify_ip_blocks();
