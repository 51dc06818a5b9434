-- Results of analyses, their log, the token ledger's summary, and creators' preferences.

CREATE TABLE audits (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid REFERENCES profiles (id) ON DELETE CASCADE,
    job_id uuid UNIQUE,
    video_id varchar(11),
    video_url text NOT NULL,
    video_title text,
    -- Flat columns are what the single-page app reads; the *_detailed and categorized ones hold the whole suggestion.
    ai_titles text[] NOT NULL DEFAULT '{}',
    ai_description text,
    ai_tags text[] NOT NULL DEFAULT '{}',
    ai_thumbnail_prompts text[] NOT NULL DEFAULT '{}',
    thumbnail_url text,
    ai_image_prompt text,
    score int CHECK (score BETWEEN 0 AND 100),
    analysis jsonb NOT NULL DEFAULT '{}',
    ai_titles_with_reasoning jsonb,
    ai_description_detailed jsonb,
    ai_keywords_categorized jsonb,
    ai_chapters jsonb,
    ai_thumbnail_ideas jsonb,
    ai_thumbnail_ai_prompts text[],
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_audits_user_created ON audits (user_id, created_at DESC);
CREATE INDEX idx_audits_created_at ON audits (created_at);
CREATE INDEX idx_audits_video_url ON audits (video_url);
CREATE INDEX idx_audits_keywords ON audits USING gin (ai_keywords_categorized);
CREATE INDEX idx_audits_chapters ON audits USING gin (ai_chapters);
CREATE TRIGGER audits_updated_at BEFORE UPDATE ON audits FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE video_analysis_logs (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid REFERENCES profiles (id) ON DELETE SET NULL,
    audit_id uuid REFERENCES audits (id) ON DELETE SET NULL,
    job_id uuid UNIQUE,
    video_id varchar(64) NOT NULL,
    video_url text NOT NULL,
    video_title text,
    analysis_type varchar(32) NOT NULL,
    status varchar(20) NOT NULL CHECK (status IN ('initiated', 'processing', 'completed', 'failed', 'cancelled')),
    stage varchar(64),
    progress_percentage int NOT NULL DEFAULT 0 CHECK (progress_percentage BETWEEN 0 AND 100),
    tokens_consumed int NOT NULL DEFAULT 0,
    prompt_tokens int NOT NULL DEFAULT 0,
    completion_tokens int NOT NULL DEFAULT 0,
    model_used varchar(128),
    cost_usd numeric(12, 6),
    processing_time_ms int,
    error_message text,
    error_code varchar(64),
    retry_count int NOT NULL DEFAULT 0,
    metadata jsonb NOT NULL DEFAULT '{}',
    results jsonb,
    initiated_at timestamptz NOT NULL DEFAULT now(),
    started_at timestamptz,
    completed_at timestamptz,
    failed_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_video_analysis_logs_user_id ON video_analysis_logs (user_id);
CREATE INDEX idx_video_analysis_logs_audit_id ON video_analysis_logs (audit_id);
CREATE INDEX idx_video_analysis_logs_video_id ON video_analysis_logs (video_id);
CREATE INDEX idx_video_analysis_logs_status ON video_analysis_logs (status);
CREATE INDEX idx_video_analysis_logs_created_at ON video_analysis_logs (created_at);

CREATE TABLE user_token_usage (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    feature_type varchar(64) NOT NULL,
    tokens_consumed int NOT NULL DEFAULT 0,
    total_tokens bigint GENERATED ALWAYS AS (tokens_consumed) STORED,
    request_count int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    metadata jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX idx_user_token_usage_user_created ON user_token_usage (user_id, created_at);
CREATE INDEX idx_user_token_usage_feature_type ON user_token_usage (feature_type);
CREATE INDEX idx_user_token_usage_created_at ON user_token_usage (created_at);

CREATE TABLE user_content_preferences (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL UNIQUE REFERENCES profiles (id) ON DELETE CASCADE,
    tone text,
    thumbnail_style text,
    image_style text,
    language text,
    custom_instructions text,
    is_completed boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_user_content_preferences_is_completed ON user_content_preferences (is_completed);
CREATE TRIGGER user_content_preferences_updated_at BEFORE UPDATE ON user_content_preferences FOR EACH ROW EXECUTE FUNCTION set_updated_at();
