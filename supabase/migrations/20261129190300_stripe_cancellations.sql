-- Subscriptions at Stripe whose account was deleted, by whatever statement: they are cancelled there.
CREATE TABLE stripe_cancellations (
    id text PRIMARY KEY,
    requested_at timestamptz NOT NULL DEFAULT now(),
    attempts int NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT now(),
    done_at timestamptz
);
CREATE INDEX idx_stripe_cancellations_due ON stripe_cancellations (next_at) WHERE done_at IS NULL;
SELECT secure_table('stripe_cancellations');

CREATE FUNCTION stripe_cancel_deleted() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    INSERT INTO public.stripe_cancellations (id) VALUES (OLD.stripe_subscription_id) ON CONFLICT (id) DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER user_subscriptions_deleted AFTER DELETE ON user_subscriptions FOR EACH ROW
    WHEN (OLD.stripe_subscription_id IS NOT NULL AND OLD.stripe_ended_at IS NULL) EXECUTE FUNCTION stripe_cancel_deleted();
