-- The queue over time, for the dashboard: each process notes what it saw; readers take the largest of a step.
ALTER TABLE metric_windows
    ADD COLUMN queue_waiting int NOT NULL DEFAULT 0,
    ADD COLUMN queue_running int NOT NULL DEFAULT 0,
    ADD COLUMN queue_oldest_seconds real NOT NULL DEFAULT 0;
