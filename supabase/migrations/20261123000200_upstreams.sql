-- What upstreams told us and what they cost: metadata with provenance and expiry per field, suggestions already paid for,
-- one ledger row per model call, and the state of each upstream, shared by every instance.

CREATE TABLE video_metadata_cache (
    video_id varchar(11) NOT NULL,
    field varchar(32) NOT NULL,
    value jsonb NOT NULL,
    source varchar(16) NOT NULL CHECK (source IN ('youtube_api', 'oembed')),
    fetched_at timestamptz NOT NULL,
    -- After fresh_until the upstream is asked again; after expires_at (30 days at most) the row may not be used at all.
    fresh_until timestamptz NOT NULL,
    expires_at timestamptz NOT NULL CHECK (expires_at <= fetched_at + interval '30 days'),
    PRIMARY KEY (video_id, field)
);
CREATE INDEX idx_video_metadata_cache_expires_at ON video_metadata_cache (expires_at);

-- Where the fields of a stored analysis came from, and when those that came from YouTube have to go.
ALTER TABLE audits ADD COLUMN provenance jsonb NOT NULL DEFAULT '{}';
ALTER TABLE audits ADD COLUMN api_data_expires_at timestamptz;
CREATE INDEX idx_audits_api_data_expires_at ON audits (api_data_expires_at) WHERE api_data_expires_at IS NOT NULL;

-- One row per upstream: circuit breaker, exhausted quota, refused key.
CREATE TABLE upstream_states (
    upstream varchar(32) PRIMARY KEY,
    state varchar(16) NOT NULL DEFAULT 'closed' CHECK (state IN ('closed', 'open', 'half_open')),
    reason varchar(64),
    failures int NOT NULL DEFAULT 0,
    opens int NOT NULL DEFAULT 0,
    last_failure_at timestamptz,
    open_until timestamptz,
    trial_until timestamptz,
    -- Fingerprint of the key that was refused: another key is tried at once.
    credential varchar(16),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE upstream_usage (
    upstream varchar(32) NOT NULL,
    day date NOT NULL,
    units bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (upstream, day)
);

-- Candidates of a model, by content. Kept at most 30 days: they derive from texts that may come from YouTube.
CREATE TABLE suggestion_cache (
    cache_key varchar(64) PRIMARY KEY,
    video_key varchar(64) NOT NULL,
    model varchar(128) NOT NULL,
    prompt_version varchar(16) NOT NULL,
    candidates jsonb NOT NULL,
    prompt_tokens int NOT NULL,
    completion_tokens int NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX idx_suggestion_cache_video_key ON suggestion_cache (video_key, created_at DESC);
CREATE INDEX idx_suggestion_cache_expires_at ON suggestion_cache (expires_at);

-- Who is producing an entry right now; the lease ends by itself when its holder dies.
CREATE TABLE suggestion_flights (
    cache_key varchar(64) PRIMARY KEY,
    holder uuid NOT NULL,
    lease_until timestamptz NOT NULL
);

-- One row per upstream attempt: written as an intent before the request leaves, settled after the answer.
-- 'unknown' means nobody saw the answer, so the reserved upper bound counts as spent.
CREATE TABLE llm_calls (
    id uuid PRIMARY KEY,
    run_key varchar(64) NOT NULL,
    attempt int NOT NULL,
    call_no int NOT NULL,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    job_id uuid,
    correlation_id varchar(128) NOT NULL,
    feature_type varchar(64) NOT NULL,
    model varchar(128) NOT NULL,
    status varchar(16) NOT NULL DEFAULT 'intent' CHECK (status IN ('intent', 'settled', 'unknown')),
    reserved_tokens int NOT NULL CHECK (reserved_tokens >= 0),
    prompt_tokens int NOT NULL DEFAULT 0,
    completion_tokens int NOT NULL DEFAULT 0,
    cached_tokens int NOT NULL DEFAULT 0,
    total_tokens int GENERATED ALWAYS AS (prompt_tokens + completion_tokens) STORED,
    -- True when the server stated no usage and a tokenizer counted instead.
    estimated boolean NOT NULL DEFAULT false,
    cost_usd numeric(12, 6),
    outcome varchar(64),
    upstream_request_id varchar(128),
    created_at timestamptz NOT NULL,
    deadline_at timestamptz NOT NULL,
    settled_at timestamptz,
    UNIQUE (run_key, attempt, call_no)
);
CREATE INDEX idx_llm_calls_user_created ON llm_calls (user_id, created_at);
CREATE INDEX idx_llm_calls_created_at ON llm_calls (created_at);
CREATE INDEX idx_llm_calls_open ON llm_calls (deadline_at) WHERE status = 'intent';

-- Tokens reserved or spent per period: scope is 'global', a user id, or a run key; period is a UTC day, a UTC month, or '-'.
CREATE TABLE spend_counters (
    scope varchar(80) NOT NULL,
    period varchar(10) NOT NULL,
    tokens bigint NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, period)
);
