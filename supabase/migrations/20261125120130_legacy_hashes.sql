-- The bcrypt hashes of an earlier system that nobody has signed in with yet: as long as there are any, a failed sign-in takes as long for every account.
CREATE INDEX idx_account_credentials_legacy ON account_credentials (substring(password_hash FROM 5 FOR 2)) WHERE password_hash LIKE '$2%';
