-- What processes ask periodically: cheap answers to "is there anything to do".

-- Whether security events wait for their place in the chain. The application may not read the list itself.
CREATE FUNCTION has_unsealed_security_events() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM security_events_unsealed)
$$;

REVOKE ALL ON FUNCTION has_unsealed_security_events() FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION has_unsealed_security_events() TO ytoptimizer_app, service_role;

-- When the next postponed job is due, and whether one is, at any size of the queue.
CREATE INDEX idx_job_queue_due ON job_queue (scheduled_at) WHERE status = 'pending';
