-- Uploaded audio and video and drawn thumbnails where no directory shared by all machines is configured: any instance can read what another
-- one took in. Files are cut into pieces, so that neither side ever holds one as a whole; an upload that broke off stays incomplete,
-- is never served and goes by age.
CREATE TABLE stored_files (
    key text PRIMARY KEY CHECK (char_length(key) <= 100),
    size_bytes bigint NOT NULL DEFAULT 0,
    complete boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idx_stored_files_created_at ON stored_files (created_at);

CREATE TABLE stored_file_pieces (
    key text NOT NULL REFERENCES stored_files (key) ON DELETE CASCADE,
    number int NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (key, number)
);
-- Audio, video and pictures are compressed already.
ALTER TABLE stored_file_pieces ALTER COLUMN bytes SET STORAGE EXTERNAL;

SELECT secure_table('stored_files');
SELECT secure_table('stored_file_pieces');
