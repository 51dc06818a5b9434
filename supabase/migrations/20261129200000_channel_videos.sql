-- Videos of a user's own channel, from files of YouTube Studio and Takeout. Only the user's; gone with the account.
CREATE TABLE channel_videos (
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    video_id varchar(11) NOT NULL,
    title varchar(500) NOT NULL,
    published_at timestamptz,
    duration_seconds double precision CHECK (duration_seconds >= 0),
    views bigint CHECK (views >= 0),
    watch_hours double precision CHECK (watch_hours >= 0),
    subscribers bigint,
    impressions bigint CHECK (impressions >= 0),
    click_through_percent double precision CHECK (click_through_percent >= 0),
    description text,
    tags text[],
    imported_at timestamptz NOT NULL,
    PRIMARY KEY (user_id, video_id)
);
-- The newest videos of one user, which predictions rest on.
CREATE INDEX idx_channel_videos_user_published ON channel_videos (user_id, published_at DESC, video_id DESC);

-- Tests of titles that the user starts in Studio, and how they ended there.
CREATE TABLE channel_title_tests (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    video_id varchar(11) NOT NULL,
    titles text[] NOT NULL CHECK (cardinality(titles) <= 3),
    -- Predicted views as multiples of the usual, in the order of the titles; null without evidence.
    predicted double precision[] NOT NULL CHECK (cardinality(predicted) = cardinality(titles)),
    impressions_needed bigint,
    days_needed int,
    -- Shares of watch time in percent, in the order of the titles, as Studio shows them.
    watch_time_percent double precision[] CHECK (cardinality(watch_time_percent) = cardinality(titles)),
    -- What Studio says: the place of the winning title, from 0; null for no winner.
    winner int CHECK (winner >= 0 AND winner < cardinality(titles)),
    created_at timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX idx_channel_title_tests_user ON channel_title_tests (user_id, created_at DESC, id DESC);

SELECT secure_table('channel_videos');
SELECT secure_table('channel_title_tests');
