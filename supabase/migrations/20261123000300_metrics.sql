-- Metrics of the fleet: each process keeps one row of cumulative values and adds one row of changes every few seconds.

CREATE TABLE metric_instances (
    instance_id uuid PRIMARY KEY,
    service varchar(32) NOT NULL,
    hostname varchar(255) NOT NULL,
    process_id int NOT NULL,
    started_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    -- Cumulative points since the process started; counters of processes that ended stay and keep counting.
    points jsonb NOT NULL
);
CREATE INDEX idx_metric_instances_seen_at ON metric_instances (seen_at);

CREATE TABLE metric_windows (
    instance_id uuid NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now(),
    service varchar(32) NOT NULL,
    seconds real NOT NULL,
    requests int NOT NULL DEFAULT 0,
    server_errors int NOT NULL DEFAULT 0,
    client_errors int NOT NULL DEFAULT 0,
    rate_limited int NOT NULL DEFAULT 0,
    -- Requests per latency bucket, bounds in Core/Diagnostics/LatencyBuckets.
    latency int[] NOT NULL,
    database_calls int NOT NULL DEFAULT 0,
    database_errors int NOT NULL DEFAULT 0,
    database_latency int[] NOT NULL,
    ai_requests int NOT NULL DEFAULT 0,
    ai_failures int NOT NULL DEFAULT 0,
    ai_tokens bigint NOT NULL DEFAULT 0,
    ai_cost_usd numeric(14, 6) NOT NULL DEFAULT 0,
    auth_successes int NOT NULL DEFAULT 0,
    auth_failures int NOT NULL DEFAULT 0,
    cache_hits int NOT NULL DEFAULT 0,
    cache_misses int NOT NULL DEFAULT 0,
    system_errors int NOT NULL DEFAULT 0,
    audits int NOT NULL DEFAULT 0,
    heap_bytes bigint NOT NULL DEFAULT 0,
    rss_bytes bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (taken_at, instance_id)
);
