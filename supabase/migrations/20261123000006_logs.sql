-- Logs, security events, the audit trail and the operators' ledger of blocked addresses.

CREATE TABLE user_logs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid REFERENCES profiles (id) ON DELETE SET NULL,
    log_type varchar(32) NOT NULL,
    activity_type varchar(64) NOT NULL,
    description text NOT NULL,
    severity varchar(16) NOT NULL DEFAULT 'info',
    ip_address inet,
    user_agent text,
    device_id varchar(128),
    session_id uuid,
    request_id varchar(128),
    metadata jsonb NOT NULL DEFAULT '{}',
    stack_trace text,
    created_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    resolved_by uuid REFERENCES profiles (id) ON DELETE SET NULL
);
CREATE INDEX idx_user_logs_user_created ON user_logs (user_id, created_at DESC);
CREATE INDEX idx_user_logs_activity_type ON user_logs (activity_type);
CREATE INDEX idx_user_logs_severity ON user_logs (severity);
CREATE INDEX idx_user_logs_created_at ON user_logs (created_at);

CREATE TABLE error_logs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    error_code varchar(64),
    error_type varchar(64) NOT NULL,
    message text NOT NULL,
    severity varchar(16) NOT NULL DEFAULT 'error',
    fingerprint varchar(64),
    stack_trace text,
    context jsonb NOT NULL DEFAULT '{}',
    user_id uuid REFERENCES profiles (id) ON DELETE SET NULL,
    endpoint text,
    method varchar(10),
    status_code int,
    ip_address inet,
    user_agent text,
    request_id varchar(128),
    resolved boolean NOT NULL DEFAULT false,
    resolved_at timestamptz,
    resolved_by uuid REFERENCES profiles (id) ON DELETE SET NULL,
    resolution_notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    occurrences int NOT NULL DEFAULT 1,
    first_occurred_at timestamptz NOT NULL DEFAULT now(),
    last_occurred_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_error_logs_user_id ON error_logs (user_id);
CREATE INDEX idx_error_logs_error_type ON error_logs (error_type);
CREATE INDEX idx_error_logs_severity ON error_logs (severity);
CREATE INDEX idx_error_logs_resolved ON error_logs (resolved);
CREATE INDEX idx_error_logs_created_at ON error_logs (created_at);
CREATE INDEX idx_error_logs_fingerprint ON error_logs (fingerprint, created_at DESC);

CREATE TABLE system_logs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    log_level varchar(16) NOT NULL,
    category varchar(32) NOT NULL,
    service_name varchar(64) NOT NULL,
    message text NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    stack_trace text,
    hostname varchar(255),
    process_id int,
    memory_usage_mb int,
    cpu_usage_percent numeric(6, 2),
    related_entity_type varchar(64),
    related_entity_id varchar(128),
    request_id varchar(128),
    resolved boolean NOT NULL DEFAULT false,
    resolved_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_system_logs_category ON system_logs (category);
CREATE INDEX idx_system_logs_log_level ON system_logs (log_level);
CREATE INDEX idx_system_logs_created_at ON system_logs (created_at);

CREATE TABLE api_request_logs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    request_id varchar(128) NOT NULL UNIQUE,
    user_id uuid REFERENCES profiles (id) ON DELETE SET NULL,
    endpoint text NOT NULL,
    method varchar(10) NOT NULL,
    status_code int NOT NULL,
    response_time_ms int NOT NULL,
    request_size_bytes int,
    response_size_bytes int,
    ip_address inet,
    user_agent text,
    referrer text,
    query_params jsonb NOT NULL DEFAULT '{}',
    request_body jsonb,
    response_body jsonb,
    headers jsonb NOT NULL DEFAULT '{}',
    error_message text,
    rate_limit_hit boolean NOT NULL DEFAULT false,
    cached boolean NOT NULL DEFAULT false,
    session_id uuid,
    device_id varchar(128),
    geographical_location jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_api_request_logs_user_id ON api_request_logs (user_id);
CREATE INDEX idx_api_request_logs_endpoint ON api_request_logs (endpoint, created_at);
CREATE INDEX idx_api_request_logs_status_code ON api_request_logs (status_code);
CREATE INDEX idx_api_request_logs_created_at ON api_request_logs (created_at);

CREATE TABLE security_events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid REFERENCES profiles (id) ON DELETE SET NULL,
    event_type varchar(64) NOT NULL,
    ip_address inet,
    user_agent text,
    device_id varchar(128),
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    event_category varchar(32) NOT NULL DEFAULT 'security',
    severity varchar(16) NOT NULL DEFAULT 'info',
    resource_type varchar(64),
    resource_id varchar(128),
    action varchar(64),
    status varchar(16),
    request_id varchar(128)
);
CREATE INDEX idx_security_events_user_id ON security_events (user_id, created_at DESC);
CREATE INDEX idx_security_events_event_type ON security_events (event_type, created_at);
CREATE INDEX idx_security_events_event_category ON security_events (event_category);
CREATE INDEX idx_security_events_severity ON security_events (severity);
CREATE INDEX idx_security_events_created_at ON security_events (created_at);

CREATE TABLE audit_trail (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    actor_id uuid REFERENCES profiles (id) ON DELETE SET NULL,
    actor_email varchar(255),
    actor_role varchar(20),
    action varchar(64) NOT NULL,
    entity_type varchar(64) NOT NULL,
    entity_id varchar(128),
    old_values jsonb,
    new_values jsonb,
    changes jsonb,
    ip_address inet,
    user_agent text,
    session_id uuid,
    request_id varchar(128),
    reason text,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_audit_trail_actor_id ON audit_trail (actor_id);
CREATE INDEX idx_audit_trail_entity ON audit_trail (entity_type, entity_id);
CREATE INDEX idx_audit_trail_action ON audit_trail (action);
CREATE INDEX idx_audit_trail_created_at ON audit_trail (created_at);

-- Any row with blocked_until in the future blocks its address on all endpoints ('*' is what the runbook's INSERT leaves).
CREATE TABLE ip_rate_limits (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    ip_address inet NOT NULL,
    endpoint varchar(128) NOT NULL DEFAULT '*',
    request_count int NOT NULL DEFAULT 0,
    window_start timestamptz NOT NULL DEFAULT now(),
    blocked_until timestamptz,
    first_request timestamptz NOT NULL DEFAULT now(),
    last_request timestamptz NOT NULL DEFAULT now(),
    user_agent text,
    reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX ip_rate_limits_address_endpoint_key ON ip_rate_limits (ip_address, endpoint) WHERE endpoint <> '*';
CREATE INDEX idx_ip_rate_limits_ip_address ON ip_rate_limits (ip_address);
CREATE INDEX idx_ip_rate_limits_endpoint ON ip_rate_limits (endpoint);
CREATE INDEX idx_ip_rate_limits_blocked_until ON ip_rate_limits (blocked_until);
CREATE TRIGGER ip_rate_limits_updated_at BEFORE UPDATE ON ip_rate_limits FOR EACH ROW EXECUTE FUNCTION set_updated_at();
