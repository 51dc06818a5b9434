-- The session that changes the password goes on with the access token it has: its owner has just proven who they are, and the existing
-- single-page app reads no new token. Written as a change of the profile, which it is, so that processes of the previous version read it rightly.
ALTER TABLE access_changes
    ADD COLUMN carried_session uuid,
    ADD COLUMN carried_from int;

CREATE FUNCTION session_carried() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    INSERT INTO public.access_changes (user_id, token_version, role, blocked, carried_session, carried_from)
    SELECT p.id, p.token_version, p.role, p.account_locked OR p.status <> 'active', NEW.id, OLD.token_version
    FROM public.profiles p WHERE p.id = NEW.user_id AND p.token_version = NEW.token_version;
    PERFORM pg_catalog.pg_notify('yto_access', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER sessions_carried AFTER UPDATE OF token_version ON sessions FOR EACH ROW
    WHEN (NEW.token_version > OLD.token_version AND NEW.revoked_at IS NULL) EXECUTE FUNCTION session_carried();
