-- Notifications, onboarding, feedback.

CREATE TABLE notifications (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    title text NOT NULL,
    message text NOT NULL,
    type notification_type NOT NULL DEFAULT 'system',
    severity notification_severity NOT NULL DEFAULT 'info',
    read boolean NOT NULL DEFAULT false,
    read_at timestamptz,
    action_url text,
    action_button_text text,
    callback text,
    -- One row per thing that happened: a repeated delivery of the same fact changes nothing.
    dedup_key varchar(128),
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_notifications_user_id ON notifications (user_id);
CREATE INDEX idx_notifications_type ON notifications (type);
CREATE INDEX idx_notifications_read ON notifications (read);
CREATE INDEX idx_notifications_created_at ON notifications (created_at DESC);
CREATE INDEX idx_notifications_unread ON notifications (user_id, created_at DESC) WHERE read = false;
CREATE INDEX idx_notifications_severity ON notifications (severity);
CREATE UNIQUE INDEX notifications_dedup_key ON notifications (user_id, dedup_key) WHERE dedup_key IS NOT NULL;

CREATE TABLE user_onboarding (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL UNIQUE REFERENCES profiles (id) ON DELETE CASCADE,
    current_step text NOT NULL DEFAULT 'welcome' CHECK (current_step IN ('welcome', 'user_type', 'first_analysis', 'features_tour', 'preferences', 'completed')),
    completed_steps text[] NOT NULL DEFAULT '{}',
    user_type text CHECK (user_type IN ('creator', 'marketer', 'agency', 'business', 'other')),
    content_categories text[] CHECK (content_categories <@ ARRAY['education', 'entertainment', 'gaming', 'tech', 'business', 'lifestyle', 'music', 'sports', 'other']),
    monthly_video_count int CHECK (monthly_video_count >= 0),
    channel_name text,
    first_analysis_completed boolean NOT NULL DEFAULT false,
    first_analysis_rating int CHECK (first_analysis_rating BETWEEN 1 AND 5),
    preferences jsonb NOT NULL DEFAULT '{}',
    completed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_user_onboarding_current_step ON user_onboarding (current_step);
CREATE TRIGGER user_onboarding_updated_at BEFORE UPDATE ON user_onboarding FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE user_feedbacks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    type varchar(32) NOT NULL CHECK (type IN ('bug_report', 'feature_request', 'improvement', 'general', 'usability')),
    title varchar(100) NOT NULL,
    description text NOT NULL,
    priority varchar(16) CHECK (priority IN ('low', 'medium', 'high', 'critical')),
    tags text[],
    current_page varchar(100),
    user_agent text,
    ip_address inet,
    status varchar(16) NOT NULL DEFAULT 'new' CHECK (status IN ('new', 'in_review', 'planned', 'completed', 'rejected')),
    admin_notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_user_feedbacks_user_id ON user_feedbacks (user_id);
CREATE INDEX idx_user_feedbacks_type ON user_feedbacks (type);
CREATE INDEX idx_user_feedbacks_status ON user_feedbacks (status);
CREATE INDEX idx_user_feedbacks_created_at ON user_feedbacks (created_at);
CREATE TRIGGER user_feedbacks_updated_at BEFORE UPDATE ON user_feedbacks FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE feature_requests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    feature_name varchar(100) NOT NULL,
    description text NOT NULL,
    use_case text NOT NULL,
    importance int NOT NULL CHECK (importance BETWEEN 1 AND 10),
    willingness_to_pay int CHECK (willingness_to_pay BETWEEN 1 AND 10),
    categories text[],
    votes int NOT NULL DEFAULT 1,
    status varchar(20) NOT NULL DEFAULT 'submitted' CHECK (status IN ('submitted', 'under_review', 'planned', 'in_development', 'completed', 'rejected')),
    admin_priority varchar(16) CHECK (admin_priority IN ('low', 'medium', 'high', 'critical')),
    estimated_effort varchar(16) CHECK (estimated_effort IN ('small', 'medium', 'large', 'xlarge')),
    target_release text,
    admin_notes text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_feature_requests_user_id ON feature_requests (user_id);
CREATE INDEX idx_feature_requests_status ON feature_requests (status);
CREATE INDEX idx_feature_requests_votes ON feature_requests (votes DESC);
CREATE INDEX idx_feature_requests_created_at ON feature_requests (created_at);
CREATE TRIGGER feature_requests_updated_at BEFORE UPDATE ON feature_requests FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE feature_votes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    feature_request_id uuid NOT NULL REFERENCES feature_requests (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, feature_request_id)
);
CREATE INDEX idx_feature_votes_feature_request_id ON feature_votes (feature_request_id);

CREATE TABLE usage_events (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    feature varchar(100) NOT NULL,
    metadata jsonb,
    satisfaction int CHECK (satisfaction BETWEEN 1 AND 5),
    session_id varchar(128),
    ip_address inet,
    user_agent text,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_usage_events_user_id ON usage_events (user_id);
CREATE INDEX idx_usage_events_feature ON usage_events (feature);
CREATE INDEX idx_usage_events_created_at ON usage_events (created_at);
