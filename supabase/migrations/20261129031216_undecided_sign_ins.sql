-- Tries that were let in and are not decided yet: others wait for them instead of being refused for a lock that was set in advance.
ALTER TABLE login_attempts ADD COLUMN undecided int NOT NULL DEFAULT 0;
