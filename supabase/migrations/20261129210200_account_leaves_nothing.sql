-- A deleted account takes its logs along, whoever deletes it: a log entry without its owner would still tell an address and what was watched.
-- What stays: audit_trail and security_events, which are sealed and kept for their own time, and errors without who met them.
CREATE FUNCTION profile_deleted() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM video_analysis_logs WHERE user_id = OLD.id;
    DELETE FROM user_logs WHERE user_id = OLD.id;
    DELETE FROM api_request_logs WHERE user_id = OLD.id;
    UPDATE error_logs SET user_id = NULL, ip_address = NULL, user_agent = NULL, context = '{}' WHERE user_id = OLD.id;
    DELETE FROM invitations WHERE email_key = OLD.email_key;
    RETURN OLD;
END
$$;
CREATE TRIGGER profiles_deleted BEFORE DELETE ON profiles FOR EACH ROW EXECUTE FUNCTION profile_deleted();
