-- The last result of each chore, by verb or by schedule: what `doctor` and the metrics show.
CREATE TABLE maintenance_runs (
    task varchar(64) PRIMARY KEY,
    succeeded boolean NOT NULL,
    detail text NOT NULL DEFAULT '',
    finished_at timestamptz NOT NULL DEFAULT now(),
    last_success_at timestamptz
);
ALTER TABLE maintenance_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE metric_instances ENABLE ROW LEVEL SECURITY;
ALTER TABLE metric_windows ENABLE ROW LEVEL SECURITY;
ALTER TABLE fleet_leases ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_incidents ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE alert_mutes ENABLE ROW LEVEL SECURITY;
