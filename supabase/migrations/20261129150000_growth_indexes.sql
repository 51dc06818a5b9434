-- A page of history, newest first, is read in the order of this index.
DROP INDEX idx_audits_user_created;
CREATE INDEX idx_audits_user_created ON audits (user_id, created_at DESC, id DESC);

-- When an alert last left, at any age of the installation.
CREATE INDEX idx_alert_outbox_sent_at ON alert_outbox (sent_at) WHERE sent_at IS NOT NULL;
