-- Subscriptions: what a plan is at any moment, in one function for all who ask; what changes with the next period; trials, promo codes,
-- Stripe's side, and analyses beyond the plan.

ALTER TABLE user_subscriptions ADD COLUMN pending_tier subscription_tier;
ALTER TABLE user_subscriptions ADD COLUMN pending_interval billing_interval;
ALTER TABLE user_subscriptions ADD COLUMN trial_used_at timestamptz;
-- What was used before this moment does not count: an administrator reset the limits.
ALTER TABLE user_subscriptions ADD COLUMN usage_reset_at timestamptz;
-- When Stripe made and ended its subscription, and the place of the newest event that was applied among all of it.
ALTER TABLE user_subscriptions ADD COLUMN stripe_created_at timestamptz;
ALTER TABLE user_subscriptions ADD COLUMN stripe_ended_at timestamptz;
ALTER TABLE user_subscriptions ADD COLUMN stripe_event_at timestamptz;
ALTER TABLE user_subscriptions ADD COLUMN stripe_event_rank int NOT NULL DEFAULT 0;
-- Stripe bills in more currencies than three.
ALTER TABLE user_subscriptions DROP CONSTRAINT user_subscriptions_currency_check;
ALTER TABLE user_subscriptions ADD CONSTRAINT user_subscriptions_currency_check CHECK (currency ~ '^[A-Z]{3}$');
CREATE INDEX idx_user_subscriptions_period_end ON user_subscriptions (current_period_end);

-- Everybody has a row, also who came from elsewhere.
INSERT INTO user_subscriptions (user_id) SELECT p.id FROM profiles p ON CONFLICT (user_id) DO NOTHING;

ALTER TABLE billing_history ADD COLUMN stripe_payment_intent_id text;
ALTER TABLE billing_history ADD COLUMN amount_refunded int NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX idx_billing_history_stripe_invoice ON billing_history (stripe_invoice_id);
CREATE INDEX idx_billing_history_user_date ON billing_history (user_id, billing_date DESC);

ALTER TABLE promo_codes ADD COLUMN currency text NOT NULL DEFAULT 'USD';
ALTER TABLE promo_codes ADD COLUMN duration_months int NOT NULL DEFAULT 1;
ALTER TABLE promo_codes ADD COLUMN created_by uuid REFERENCES profiles (id) ON DELETE SET NULL;
CREATE INDEX idx_promo_codes_upper ON promo_codes (upper(code));
-- A use that waits for its payment; it is given back when the checkout expires.
ALTER TABLE promo_code_usage ADD COLUMN stripe_session_id text;
CREATE INDEX idx_promo_code_usage_session ON promo_code_usage (stripe_session_id) WHERE stripe_session_id IS NOT NULL;

-- Events that were handled: Stripe sends each at least once.
CREATE TABLE stripe_events (
    id varchar(255) PRIMARY KEY,
    type varchar(100) NOT NULL,
    created_at timestamptz NOT NULL,
    outcome varchar(32) NOT NULL,
    processed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_stripe_events_processed_at ON stripe_events (processed_at);
SELECT secure_table('stripe_events');

-- Analyses beyond the plan, used when the plan's are. What is left of a grant is counted from the ledger, never kept as a number.
CREATE TABLE quota_bonuses (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    credits int NOT NULL CHECK (credits BETWEEN 1 AND 100000),
    reason text NOT NULL,
    granted_by uuid REFERENCES profiles (id) ON DELETE SET NULL,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_quota_bonuses_user_id ON quota_bonuses (user_id);
SELECT secure_table('quota_bonuses', 'user_id', true);
ALTER TABLE quota_reservations ADD COLUMN bonus_id uuid REFERENCES quota_bonuses (id) ON DELETE SET NULL;
CREATE INDEX idx_quota_reservations_bonus ON quota_reservations (bonus_id) WHERE bonus_id IS NOT NULL AND state <> 'refunded';

-- Whole months from one moment to another, as calendars count them (31 January and a month is 28 February), in UTC.
CREATE FUNCTION months_between(p_from timestamptz, p_to timestamptz) RETURNS int
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
    SELECT greatest(0, m.n + CASE
        WHEN b.start + pg_catalog.make_interval(months => m.n + 1) <= b.stop THEN 1
        WHEN b.start + pg_catalog.make_interval(months => m.n) > b.stop THEN -1 ELSE 0 END)
    FROM (SELECT p_from AT TIME ZONE 'UTC' AS start, p_to AT TIME ZONE 'UTC' AS stop) b,
        LATERAL (SELECT (extract(year FROM pg_catalog.age(b.stop, b.start)) * 12 + extract(month FROM pg_catalog.age(b.stop, b.start)))::int AS n) m
$$;
CREATE FUNCTION add_months(p_from timestamptz, p_months int) RETURNS timestamptz
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
    SELECT ((p_from AT TIME ZONE 'UTC') + pg_catalog.make_interval(months => p_months)) AT TIME ZONE 'UTC'
$$;

-- The plan of a user at a moment, whether or not a worker has written it down yet. A plan that is not in force, or that ended and does not
-- renew, is free. Stripe's plans live three days longer than their period: its news of a renewal may be late.
-- billing_*: the period that is paid for. period_*: the one in which limits count, a month at most. ends: nothing follows the period but free.
CREATE FUNCTION plan_state(p_user uuid, p_now timestamptz)
RETURNS TABLE (tier text, status text, billing_interval text, billing_start timestamptz, billing_end timestamptz, ends boolean, next_tier text,
               video_limit int, token_limit int, api_calls_limit int, features jsonb, period_start timestamptz, period_end timestamptz)
LANGUAGE sql STABLE AS $$
    WITH stored AS (
        SELECT s.tier::text AS tier, s.status::text AS status, s.billing_interval::text AS every, s.current_period_start AS start, s.current_period_end AS stop,
               s.pending_tier::text AS pending_tier, s.pending_interval::text AS pending_interval,
               s.status IN ('active', 'trialing', 'past_due') AS in_force,
               s.stripe_subscription_id IS NOT NULL AND s.stripe_ended_at IS NULL AS by_stripe,
               s.auto_renew AND s.cancelled_at IS NULL AND s.status <> 'trialing' AS renews
        FROM user_subscriptions s WHERE s.user_id = p_user
        UNION ALL
        SELECT 'free', 'active', 'monthly', date_trunc('month', p_now, 'UTC'), add_months(date_trunc('month', p_now, 'UTC'), 1), NULL, NULL, true, false, true
        LIMIT 1
    ), phase AS (
        SELECT r.*, p_now < r.stop + CASE WHEN r.by_stripe AND r.renews THEN interval '3 days' ELSE interval '0' END AS current FROM stored r
    ), plan AS (
        SELECT CASE WHEN NOT p.in_force THEN 'free'
                    WHEN p.current THEN p.tier
                    WHEN p.renews AND NOT p.by_stripe THEN coalesce(p.pending_tier, p.tier)
                    ELSE 'free' END AS tier,
               CASE WHEN p.in_force AND (p.current OR (p.renews AND NOT p.by_stripe)) THEN p.status ELSE 'active' END AS status,
               CASE WHEN p.current OR NOT p.renews OR p.by_stripe THEN p.every ELSE coalesce(p.pending_interval, p.every) END AS every,
               CASE WHEN p.current THEN p.start ELSE p.stop END AS base,
               p.current, p.start, p.stop, p.in_force, p.renews, p.pending_tier
        FROM phase p
    ), spans AS (
        SELECT p.*, m.n, CASE WHEN p.every = 'yearly' AND p.tier <> 'free' THEN 12 ELSE 1 END AS span,
               -- A month as billing counts it may have 31 days and the months' lengths between.
               p.current AND p.stop <= add_months(p.start, 1) + interval '4 days' AS whole
        FROM plan p, LATERAL (SELECT months_between(p.base, p_now) AS n) m
    )
    SELECT s.tier, s.status, CASE WHEN s.tier = 'free' THEN 'monthly' ELSE s.every END,
           CASE WHEN s.current THEN s.start ELSE add_months(s.base, s.n / s.span * s.span) END,
           CASE WHEN s.current THEN s.stop ELSE add_months(s.base, (s.n / s.span + 1) * s.span) END,
           s.tier <> 'free' AND s.current AND NOT s.renews,
           CASE WHEN s.tier = 'free' THEN NULL WHEN s.current AND NOT s.renews THEN 'free' WHEN s.current THEN s.pending_tier END,
           coalesce(l.video_analysis_limit, 0), coalesce(l.token_limit, 0), coalesce(l.api_calls_limit, 0), coalesce(l.features, '{}'),
           CASE WHEN s.whole THEN s.start ELSE add_months(s.base, s.n) END,
           CASE WHEN s.whole THEN s.stop
                WHEN s.current AND NOT s.renews THEN least(s.stop, add_months(s.base, s.n + 1))
                ELSE add_months(s.base, s.n + 1) END
    FROM spans s LEFT JOIN subscription_limits l ON l.tier = s.tier
$$;

-- As the release before asks for it.
CREATE OR REPLACE FUNCTION quota_window(p_user uuid, p_now timestamptz)
RETURNS TABLE (tier text, video_limit int, period_start timestamptz, period_end timestamptz, features jsonb)
LANGUAGE sql STABLE AS $$
    SELECT p.tier, p.video_limit, p.period_start, p.period_end, p.features FROM plan_state(p_user, p_now) p
$$;

-- What of a period's limit is used. allowed: the plan's limit with what bonuses have added and have left, -1 for no limit.
CREATE FUNCTION quota_usage(p_user uuid, p_period_start timestamptz, p_limit int, p_now timestamptz,
    OUT used int, OUT used_bonus int, OUT bonus_left int, OUT allowed int)
LANGUAGE sql STABLE AS $$
    SELECT c.used, c.used_bonus, b.bonus_left, CASE WHEN p_limit < 0 THEN -1 ELSE p_limit + c.used_bonus + b.bonus_left END
    FROM (SELECT count(*)::int AS used, count(r.bonus_id)::int AS used_bonus FROM quota_reservations r
          WHERE r.user_id = p_user AND r.period_start = p_period_start AND r.state <> 'refunded'
            AND r.reserved_at >= coalesce((SELECT s.usage_reset_at FROM user_subscriptions s WHERE s.user_id = p_user), '-infinity')) c,
         (SELECT coalesce(sum(g.credits - (SELECT count(*) FROM quota_reservations r WHERE r.bonus_id = g.id AND r.state <> 'refunded')), 0)::int AS bonus_left
          FROM quota_bonuses g WHERE g.user_id = p_user AND (g.expires_at IS NULL OR g.expires_at > p_now)) b
$$;

-- Takes one place for a job: the plan's first, then of the bonus that expires first. The caller holds the lock of the user's lane.
CREATE FUNCTION quota_reserve(p_job uuid, p_user uuid, p_limit int, p_period_start timestamptz, p_now timestamptz,
    OUT granted boolean, OUT used int, OUT allowed int)
LANGUAGE plpgsql AS $$
DECLARE
    v_usage record;
    v_bonus uuid;
BEGIN
    granted := true;
    used := 0;
    allowed := p_limit;
    IF p_limit >= 0 THEN
        SELECT * INTO v_usage FROM quota_usage(p_user, p_period_start, p_limit, p_now);
        used := v_usage.used;
        allowed := v_usage.allowed;
        IF v_usage.used - v_usage.used_bonus >= p_limit THEN
            SELECT g.id INTO v_bonus FROM quota_bonuses g
            WHERE g.user_id = p_user AND (g.expires_at IS NULL OR g.expires_at > p_now)
              AND g.credits > (SELECT count(*) FROM quota_reservations r WHERE r.bonus_id = g.id AND r.state <> 'refunded')
            ORDER BY g.expires_at NULLS LAST, g.created_at, g.id LIMIT 1;
            IF v_bonus IS NULL THEN
                granted := false;
                RETURN;
            END IF;
        END IF;
    END IF;
    INSERT INTO quota_reservations (job_id, user_id, period_start, bonus_id) VALUES (p_job, p_user, p_period_start, v_bonus)
    ON CONFLICT (job_id) DO UPDATE SET state = 'reserved', period_start = excluded.period_start, bonus_id = excluded.bonus_id,
        reserved_at = p_now, settled_at = NULL
    WHERE quota_reservations.state = 'refunded';
END
$$;
