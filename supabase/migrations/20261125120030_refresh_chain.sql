-- A refresh token's successor is derived from the token itself and a key outside the database, so that a rotation is one statement. Families that are
-- open now go on: their next token is derived from the one they hold. The seed is for the release before only and goes one release later.
ALTER TABLE sessions ALTER COLUMN token_seed SET DEFAULT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex');
