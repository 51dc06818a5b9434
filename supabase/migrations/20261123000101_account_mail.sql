-- Password resets, identities at other providers, and mail that leaves by an outbox.

CREATE TABLE password_reset_tokens (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    digest bytea NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_password_reset_tokens_user_id ON password_reset_tokens (user_id, created_at DESC);
CREATE INDEX idx_password_reset_tokens_expires_at ON password_reset_tokens (expires_at);

CREATE TABLE user_identities (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    provider varchar(20) NOT NULL CHECK (provider IN ('google', 'github')),
    subject varchar(255) NOT NULL,
    email varchar(255),
    created_at timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider, subject)
);
CREATE INDEX idx_user_identities_user_id ON user_identities (user_id);

-- Sign-ins at a provider that are under way: state, PKCE verifier and nonce live here, the browser holds only the state.
CREATE TABLE social_sign_ins (
    state_digest bytea PRIMARY KEY,
    provider varchar(20) NOT NULL,
    code_verifier text NOT NULL,
    nonce text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX idx_social_sign_ins_expires_at ON social_sign_ins (expires_at);

-- Written in the transaction of what it tells about, sent by the worker. Secrets (reset links) are not stored: the
-- worker derives them from the id in data.
CREATE TABLE mail_outbox (
    id uuid PRIMARY KEY,
    user_id uuid REFERENCES profiles (id) ON DELETE CASCADE,
    recipient varchar(255) NOT NULL,
    template varchar(64) NOT NULL,
    data jsonb NOT NULL DEFAULT '{}',
    attempts int NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL DEFAULT now() + interval '1 day',
    sent_at timestamptz,
    failed_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_mail_outbox_due ON mail_outbox (next_attempt_at) WHERE sent_at IS NULL AND failed_at IS NULL;
CREATE INDEX idx_mail_outbox_user_id ON mail_outbox (user_id);
CREATE INDEX idx_mail_outbox_created_at ON mail_outbox (created_at);
