-- Pacing and life signs of the ways to operators, shared by all workers: a successor keeps to the pauses of the one before.

CREATE TABLE alert_channels (
    channel varchar(16) PRIMARY KEY CHECK (channel IN ('telegram', 'email', 'webhook')),
    -- No message before: one message's pause, or the receiver's own wish (retry_after).
    next_at timestamptz NOT NULL DEFAULT now(),
    -- Failed deliveries in a row.
    failures int NOT NULL DEFAULT 0,
    -- Last time the other side answered: a delivery, or a poll for operators' commands.
    alive_at timestamptz NOT NULL DEFAULT now()
);
SELECT secure_table('alert_channels');
