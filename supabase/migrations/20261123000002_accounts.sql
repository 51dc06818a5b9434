-- Accounts. Password hashes and tokens live in tables of their own: operators do SELECT * FROM profiles.

CREATE TABLE profiles (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    email varchar(255) NOT NULL,
    name varchar(100),
    role varchar(20) NOT NULL DEFAULT 'user' CHECK (role IN ('user', 'premium', 'moderator', 'admin')),
    picture text,
    provider varchar(20) NOT NULL DEFAULT 'email' CHECK (provider IN ('email', 'google', 'github')),
    status varchar(20) NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'inactive')),
    account_locked boolean NOT NULL DEFAULT false,
    token_version int NOT NULL DEFAULT 0,
    email_verified_at timestamptz,
    last_login timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
-- E-mail addresses are stored lower-cased; the index makes it a fact.
CREATE UNIQUE INDEX profiles_email_key ON profiles (lower(email));
CREATE INDEX idx_profiles_email ON profiles (email);
CREATE INDEX idx_profiles_role ON profiles (role);
CREATE INDEX idx_profiles_created_at ON profiles (created_at);
CREATE TRIGGER profiles_updated_at BEFORE UPDATE ON profiles FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE invitations (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    code text NOT NULL UNIQUE,
    email text,
    max_uses int NOT NULL DEFAULT 1 CHECK (max_uses > 0),
    current_uses int NOT NULL DEFAULT 0 CHECK (current_uses >= 0 AND current_uses <= max_uses),
    created_by uuid REFERENCES profiles (id) ON DELETE SET NULL,
    expires_at timestamptz,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_invitations_email ON invitations (lower(email));
CREATE INDEX idx_invitations_created_by ON invitations (created_by);
CREATE INDEX idx_invitations_expires_at ON invitations (expires_at);
CREATE TRIGGER invitations_updated_at BEFORE UPDATE ON invitations FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE invitation_usage (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    invitation_id uuid NOT NULL REFERENCES invitations (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    used_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (invitation_id, user_id)
);
CREATE INDEX idx_invitation_usage_user_id ON invitation_usage (user_id);
