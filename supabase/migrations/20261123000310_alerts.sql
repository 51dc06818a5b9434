-- Alerts: incidents, the messages about them, and leases for work that one process of the fleet does.

CREATE TABLE fleet_leases (
    name varchar(64) PRIMARY KEY,
    holder uuid NOT NULL,
    lease_until timestamptz NOT NULL
);

CREATE TABLE alert_incidents (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    kind varchar(64) NOT NULL,
    severity varchar(16) NOT NULL DEFAULT 'error' CHECK (severity IN ('warning', 'error', 'critical')),
    summary text NOT NULL,
    value double precision,
    opened_at timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    -- Since when the condition has been false again; null while it is true.
    calm_since timestamptz,
    recovered_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text
);
-- One open incident per kind, whoever evaluates.
CREATE UNIQUE INDEX alert_incidents_open_key ON alert_incidents (kind) WHERE recovered_at IS NULL;
CREATE INDEX idx_alert_incidents_opened_at ON alert_incidents (opened_at DESC);

CREATE TABLE alert_outbox (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    channel varchar(16) NOT NULL CHECK (channel IN ('telegram', 'email', 'webhook')),
    -- One message per incident and event: two evaluators cannot both announce it.
    dedup_key varchar(160) NOT NULL,
    severity varchar(16) NOT NULL DEFAULT 'error',
    title text NOT NULL,
    body text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    due_at timestamptz NOT NULL DEFAULT now(),
    attempts int NOT NULL DEFAULT 0,
    sent_at timestamptz,
    last_error text,
    UNIQUE (channel, dedup_key)
);
CREATE INDEX idx_alert_outbox_due ON alert_outbox (channel, due_at) WHERE sent_at IS NULL;

CREATE TABLE alert_mutes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    muted_until timestamptz NOT NULL,
    muted_by text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_alert_mutes_until ON alert_mutes (muted_until);
