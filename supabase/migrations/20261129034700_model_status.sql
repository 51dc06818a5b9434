-- What the fleet last saw of a language model: its name, the last failure, the last answer.
CREATE TABLE model_status (
    upstream varchar(32) PRIMARY KEY,
    model varchar(128) NOT NULL,
    last_failure varchar(64),
    failed_at timestamptz,
    answered_at timestamptz
);

SELECT secure_table('model_status');
