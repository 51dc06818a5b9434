-- What a browser brings back from a provider ends in an address of the single-page app. Addresses stay in histories and logs, so they carry a code that
-- is exchanged once, within a minute; the session is opened then.
CREATE TABLE social_hand_overs (
    code_digest bytea PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    provider varchar(20) NOT NULL CHECK (provider IN ('google', 'github')),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX idx_social_hand_overs_user_id ON social_hand_overs (user_id);
CREATE INDEX idx_social_hand_overs_expires_at ON social_hand_overs (expires_at);
SELECT secure_table('social_hand_overs');
