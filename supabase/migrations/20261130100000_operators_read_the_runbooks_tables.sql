-- Operators read what the runbook asks: why a plan or a payment is as it is, and the state of alerts, upstreams and maintenance.
DO $$
DECLARE
    name text;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ytoptimizer_operator') THEN RETURN; END IF;
    FOREACH name IN ARRAY ARRAY['stripe_events', 'stripe_cancellations', 'quota_reservations', 'quota_bonuses', 'promo_codes', 'promo_code_usage',
        'bulk_analyses', 'alert_incidents', 'alert_outbox', 'llm_calls', 'maintenance_runs', 'upstream_states'] LOOP
        IF to_regclass(format('public.%I', name)) IS NOT NULL THEN
            EXECUTE format('GRANT SELECT ON public.%I TO ytoptimizer_operator', name);
            EXECUTE format('CREATE POLICY operators_read ON public.%I FOR SELECT TO ytoptimizer_operator USING (true)', name);
        END IF;
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN RAISE NOTICE 'operators read as the owner: %', SQLERRM;
END
$$;
