-- API processes keep the rows that signed-in callers ask for most (RowCache). Every change of one is told here, by whatever statement, so
-- that they forget it.

CREATE FUNCTION row_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM pg_catalog.pg_notify('yto_rows', TG_TABLE_NAME);
    ELSIF TG_TABLE_NAME = 'profiles' THEN
        PERFORM pg_catalog.pg_notify('yto_rows', 'profiles:' || OLD.id);
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM pg_catalog.pg_notify('yto_rows', TG_TABLE_NAME || ':' || OLD.user_id);
    ELSE
        PERFORM pg_catalog.pg_notify('yto_rows', TG_TABLE_NAME || ':' || NEW.user_id);
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER profiles_row_changed AFTER UPDATE OR DELETE ON profiles FOR EACH ROW EXECUTE FUNCTION row_changed();
CREATE TRIGGER profiles_truncated AFTER TRUNCATE ON profiles FOR EACH STATEMENT EXECUTE FUNCTION row_changed();
CREATE TRIGGER user_content_preferences_row_changed AFTER INSERT OR UPDATE OR DELETE ON user_content_preferences
    FOR EACH ROW EXECUTE FUNCTION row_changed();
CREATE TRIGGER user_content_preferences_truncated AFTER TRUNCATE ON user_content_preferences
    FOR EACH STATEMENT EXECUTE FUNCTION row_changed();
