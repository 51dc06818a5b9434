-- A page of history, newest first, is read in the order of this index.
DROP INDEX idx_audits_user_created;
CREATE INDEX idx_audits_user_created ON audits (user_id, created_at DESC, id DESC);
