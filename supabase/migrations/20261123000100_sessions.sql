-- Credentials, sessions, refresh tokens and the log of changes that every instance's access check follows.

-- Hashes stay out of profiles: operators do SELECT * FROM profiles.
CREATE TABLE account_credentials (
    user_id uuid PRIMARY KEY REFERENCES profiles (id) ON DELETE CASCADE,
    password_hash text NOT NULL,
    -- How often the breach list had seen this password when it was last looked up; null = never looked up.
    breach_count int,
    changed_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER account_credentials_updated_at BEFORE UPDATE ON account_credentials FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- One row per sign-in: a family of refresh tokens.
CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    -- Must equal the profile's at every refresh: token_version + 1 ends the session for good.
    token_version int NOT NULL,
    auth_method varchar(20) NOT NULL DEFAULT 'password',
    -- Refresh tokens are derived from this seed and a key that is not in the database.
    token_seed bytea NOT NULL,
    generation int NOT NULL DEFAULT 0,
    rotated_at timestamptz NOT NULL DEFAULT now(),
    idle_expires_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ip_address inet,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    revoked_reason varchar(32)
);
CREATE INDEX idx_sessions_user_id ON sessions (user_id, created_at DESC);
CREATE INDEX idx_sessions_expires_at ON sessions (expires_at);

-- Digests of all generations, so that an old token is recognised as reuse and not merely unknown.
CREATE TABLE refresh_tokens (
    digest bytea PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    generation int NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_refresh_tokens_session_id ON refresh_tokens (session_id, generation);
CREATE INDEX idx_refresh_tokens_created_at ON refresh_tokens (created_at);

-- What invalidates access tokens that are still out there. Instances read on from the oldest transaction that was open
-- at their last look (xid), so a change is never skipped because its transaction committed late.
CREATE TABLE access_changes (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    user_id uuid NOT NULL,
    session_id uuid,
    token_version int,
    role varchar(20),
    blocked boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_access_changes_xid ON access_changes (xid);
CREATE INDEX idx_access_changes_created_at ON access_changes (created_at);

-- Fires for the product's own statements and for an operator's plain SQL alike.
CREATE FUNCTION profile_access_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        INSERT INTO public.access_changes (user_id, token_version, role, blocked) VALUES (OLD.id, OLD.token_version, OLD.role, true);
    ELSE
        INSERT INTO public.access_changes (user_id, token_version, role, blocked)
        VALUES (NEW.id, NEW.token_version, NEW.role, NEW.account_locked OR NEW.status <> 'active');
    END IF;
    PERFORM pg_catalog.pg_notify('yto_access', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER profiles_access_changed AFTER UPDATE OF token_version, account_locked, status, role ON profiles FOR EACH ROW
    WHEN (OLD.token_version IS DISTINCT FROM NEW.token_version OR OLD.account_locked IS DISTINCT FROM NEW.account_locked
          OR OLD.status IS DISTINCT FROM NEW.status OR OLD.role IS DISTINCT FROM NEW.role)
    EXECUTE FUNCTION profile_access_changed();
CREATE TRIGGER profiles_access_deleted AFTER DELETE ON profiles FOR EACH ROW EXECUTE FUNCTION profile_access_changed();

CREATE FUNCTION session_access_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.access_changes (user_id, session_id, blocked) VALUES (OLD.user_id, OLD.id, true);
    PERFORM pg_catalog.pg_notify('yto_access', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER sessions_access_revoked AFTER UPDATE OF revoked_at ON sessions FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION session_access_changed();
CREATE TRIGGER sessions_access_deleted AFTER DELETE ON sessions FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL) EXECUTE FUNCTION session_access_changed();

-- Guesses per address, known or not. A try is reserved here before a password is looked at.
CREATE TABLE login_attempts (
    email_digest bytea PRIMARY KEY,
    attempts int NOT NULL DEFAULT 0,
    lock_level int NOT NULL DEFAULT 0,
    locked_until timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_login_attempts_updated_at ON login_attempts (updated_at);
