-- What administrators wrote down about an account. It goes with the account; the account does not read it.
CREATE TABLE admin_notes (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    author_id uuid REFERENCES profiles (id) ON DELETE SET NULL,
    note text NOT NULL CHECK (length(note) BETWEEN 1 AND 2000),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_admin_notes_user_created ON admin_notes (user_id, created_at DESC);
SELECT secure_table('admin_notes', NULL, true);
