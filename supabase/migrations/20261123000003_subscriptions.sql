-- Subscriptions and limits. subscription_limits is the only place where limits are written down (-1 = unlimited).

CREATE TABLE subscription_limits (
    tier varchar(20) PRIMARY KEY,
    video_analysis_limit int NOT NULL,
    token_limit int NOT NULL,
    api_calls_limit int NOT NULL,
    features jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER subscription_limits_updated_at BEFORE UPDATE ON subscription_limits FOR EACH ROW EXECUTE FUNCTION set_updated_at();

INSERT INTO subscription_limits (tier, video_analysis_limit, token_limit, api_calls_limit, features) VALUES
('free', 5, 10000, 100, '{"ai_suggestions": false, "bulk_analysis": false, "maxChannelsPerUser": 1, "advancedAnalytics": false, "prioritySupport": false, "customBranding": false, "apiAccess": false, "bulkOperations": false, "aiSuggestionsLimit": 3, "exportFeatures": false, "integrations": []}'),
('pro', 50, 100000, 1000, '{"ai_suggestions": true, "bulk_analysis": true, "maxChannelsPerUser": 3, "advancedAnalytics": true, "prioritySupport": false, "customBranding": false, "apiAccess": true, "bulkOperations": true, "aiSuggestionsLimit": 10, "exportFeatures": true, "integrations": ["zapier", "slack"]}'),
('premium', -1, -1, -1, '{"ai_suggestions": true, "bulk_analysis": true, "maxChannelsPerUser": 10, "advancedAnalytics": true, "prioritySupport": true, "customBranding": true, "apiAccess": true, "bulkOperations": true, "aiSuggestionsLimit": 25, "exportFeatures": true, "integrations": ["zapier", "slack", "hubspot", "salesforce"]}'),
('enterprise', -1, -1, -1, '{"ai_suggestions": true, "bulk_analysis": true, "maxChannelsPerUser": -1, "advancedAnalytics": true, "prioritySupport": true, "customBranding": true, "apiAccess": true, "bulkOperations": true, "aiSuggestionsLimit": -1, "exportFeatures": true, "integrations": ["*"]}');

CREATE TABLE user_subscriptions (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL UNIQUE REFERENCES profiles (id) ON DELETE CASCADE,
    tier subscription_tier NOT NULL DEFAULT 'free',
    status subscription_status NOT NULL DEFAULT 'active',
    billing_interval billing_interval NOT NULL DEFAULT 'monthly',
    current_period_start timestamptz NOT NULL DEFAULT now(),
    current_period_end timestamptz NOT NULL DEFAULT now() + interval '1 month',
    auto_renew boolean NOT NULL DEFAULT true,
    amount int NOT NULL DEFAULT 0 CHECK (amount >= 0),
    currency text NOT NULL DEFAULT 'USD' CHECK (currency IN ('USD', 'EUR', 'GBP')),
    stripe_subscription_id text,
    stripe_customer_id text,
    trial_end timestamptz,
    cancelled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_user_subscriptions_tier ON user_subscriptions (tier);
CREATE INDEX idx_user_subscriptions_status ON user_subscriptions (status);
CREATE INDEX idx_user_subscriptions_stripe_customer_id ON user_subscriptions (stripe_customer_id);
CREATE TRIGGER user_subscriptions_updated_at BEFORE UPDATE ON user_subscriptions FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE payment_methods (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    stripe_payment_method_id text NOT NULL UNIQUE,
    is_default boolean NOT NULL DEFAULT false,
    card_brand text,
    card_last_four text,
    card_exp_month int CHECK (card_exp_month BETWEEN 1 AND 12),
    -- A check against the current year would be volatile and break restores.
    card_exp_year int CHECK (card_exp_year BETWEEN 2000 AND 2200),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_payment_methods_user_default ON payment_methods (user_id, is_default);
CREATE TRIGGER payment_methods_updated_at BEFORE UPDATE ON payment_methods FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE billing_history (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    subscription_id uuid REFERENCES user_subscriptions (id) ON DELETE SET NULL,
    stripe_invoice_id text,
    amount int NOT NULL CHECK (amount >= 0),
    currency text NOT NULL DEFAULT 'USD',
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'paid', 'failed', 'refunded')),
    billing_date timestamptz NOT NULL,
    paid_at timestamptz,
    description text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_billing_history_user_id ON billing_history (user_id);
CREATE INDEX idx_billing_history_subscription_id ON billing_history (subscription_id);
CREATE INDEX idx_billing_history_billing_date ON billing_history (billing_date);
CREATE INDEX idx_billing_history_status ON billing_history (status);

CREATE TABLE promo_codes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    code text NOT NULL UNIQUE,
    description text,
    discount_percentage int CHECK (discount_percentage BETWEEN 1 AND 100),
    discount_amount int CHECK (discount_amount > 0),
    valid_from timestamptz NOT NULL DEFAULT now(),
    valid_until timestamptz,
    max_uses int,
    current_uses int NOT NULL DEFAULT 0,
    applicable_tiers text[],
    is_active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_promo_codes_is_active ON promo_codes (is_active);
CREATE TRIGGER promo_codes_updated_at BEFORE UPDATE ON promo_codes FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE promo_code_usage (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    promo_code_id uuid NOT NULL REFERENCES promo_codes (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    subscription_id uuid REFERENCES user_subscriptions (id) ON DELETE SET NULL,
    used_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (promo_code_id, user_id)
);
CREATE INDEX idx_promo_code_usage_user_id ON promo_code_usage (user_id);
