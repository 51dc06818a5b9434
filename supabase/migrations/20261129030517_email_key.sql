-- The normal form of an address (EmailAddress.Key in the application) decides which two are the same: compared as bytes, so no mapping of the server's
-- locale can make one account out of two mailboxes. NULL only where it is not known yet (addresses in other scripts need IDNA, which only the application
-- has; workers fill them in every hour) or where another account has it already: doctor names both, and such an account cannot sign in by address.
ALTER TABLE profiles ADD COLUMN email_key text COLLATE "C";
ALTER TABLE invitations ADD COLUMN email_key text COLLATE "C";

-- For rows that come without a normal form, from SQL or from processes of the version before. Plain ASCII alone: there the rule is the same everywhere.
CREATE FUNCTION ascii_email_key(email text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = '' AS $$
    SELECT CASE WHEN email COLLATE "C" ~ '^[!-~]+@[!-~]+$' AND email !~* '[@.]xn--'
                THEN pg_catalog.rtrim(pg_catalog.translate(email, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), '.') END
$$;

CREATE FUNCTION fill_email_key() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.email_key := coalesce(NEW.email_key, public.ascii_email_key(NEW.email));
    ELSIF NEW.email IS DISTINCT FROM OLD.email AND NEW.email_key IS NOT DISTINCT FROM OLD.email_key THEN
        NEW.email_key := public.ascii_email_key(NEW.email);
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION ascii_email_key(text), fill_email_key() FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION ascii_email_key(text), fill_email_key() TO ytoptimizer_app, service_role;
CREATE TRIGGER profiles_email_key BEFORE INSERT OR UPDATE OF email ON profiles FOR EACH ROW EXECUTE FUNCTION fill_email_key();
CREATE TRIGGER invitations_email_key BEFORE INSERT OR UPDATE OF email ON invitations FOR EACH ROW EXECUTE FUNCTION fill_email_key();

-- Of two accounts with one normal form, the one that has proven its address keeps it, then the older.
UPDATE profiles p SET email_key = k.email_key
FROM (SELECT DISTINCT ON (ascii_email_key(email)) id, ascii_email_key(email) AS email_key FROM profiles
      WHERE ascii_email_key(email) IS NOT NULL ORDER BY ascii_email_key(email), email_verified_at IS NULL, created_at, id) k
WHERE p.id = k.id;
UPDATE invitations SET email_key = ascii_email_key(email) WHERE email IS NOT NULL;

DROP INDEX profiles_email_key;
DROP INDEX idx_invitations_email;
CREATE UNIQUE INDEX profiles_email_key ON profiles (email_key);
CREATE INDEX idx_profiles_without_email_key ON profiles (id) WHERE email_key IS NULL;
