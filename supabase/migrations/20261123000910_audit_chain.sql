-- Append-only records and their hash chain.
-- audit_trail rows are chained at commit, by a deferred trigger: the lock on the head is then the last one a transaction takes, so writers
-- queue for the length of a commit and cannot deadlock over it. security_events come in floods; they are chained in batches seconds later
-- by seal_security_events(), which costs their writers nothing but a note in security_events_unsealed.

-- History outlives accounts: the id stays, as a pseudonym, when the profile goes. (ON DELETE SET NULL would be an update.)
ALTER TABLE audit_trail DROP CONSTRAINT IF EXISTS audit_trail_actor_id_fkey;
ALTER TABLE security_events DROP CONSTRAINT IF EXISTS security_events_user_id_fkey;

CREATE TABLE audit_chain_links (
    chain varchar(32) NOT NULL,
    seq bigint NOT NULL,
    row_id uuid NOT NULL,
    row_hash bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (chain, seq)
);
CREATE UNIQUE INDEX audit_chain_links_row_key ON audit_chain_links (chain, row_id);
CREATE TABLE security_events_unsealed (row_id uuid PRIMARY KEY);

-- The heads live in another schema that no application role can see: cutting off the chain's end needs both.
-- first_seq and first_hash are where the chain begins after retention removed what was before.
CREATE TABLE ops.audit_chain_heads (
    chain varchar(32) PRIMARY KEY,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    first_seq bigint NOT NULL DEFAULT 0,
    first_hash bytea NOT NULL DEFAULT '\x',
    updated_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO ops.audit_chain_heads (chain, seq, hash) VALUES ('audit_trail', 0, '\x'), ('security_events', 0, '\x');

-- Explicit columns in a fixed order: a column added later does not change old hashes. Times as microseconds: no time zone in it.
CREATE FUNCTION audit_row_hash(r audit_trail) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(convert_to(jsonb_build_array(r.id, r.actor_id, r.actor_email, r.actor_role, r.action, r.entity_type, r.entity_id, r.old_values,
        r.new_values, r.changes, host(r.ip_address), r.user_agent, r.session_id, r.request_id, r.reason, r.metadata,
        (extract(epoch FROM r.created_at) * 1000000)::bigint)::text, 'UTF8'))
$$;
CREATE FUNCTION audit_row_hash(r security_events) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(convert_to(jsonb_build_array(r.id, r.user_id, r.event_type, host(r.ip_address), r.user_agent, r.device_id, r.metadata,
        (extract(epoch FROM r.created_at) * 1000000)::bigint, r.event_category, r.severity, r.resource_type, r.resource_id, r.action, r.status,
        r.request_id)::text, 'UTF8'))
$$;
CREATE FUNCTION audit_link_hash(previous bytea, seq bigint, row_id uuid, row_hash bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT sha256(previous || int8send(seq) || uuid_send(row_id) || row_hash)
$$;

CREATE FUNCTION chain_audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head ops.audit_chain_heads;
    content bytea := audit_row_hash(NEW);
BEGIN
    SELECT * INTO STRICT head FROM ops.audit_chain_heads WHERE chain = 'audit_trail' FOR UPDATE;
    head.hash := audit_link_hash(head.hash, head.seq + 1, NEW.id, content);
    INSERT INTO audit_chain_links (chain, seq, row_id, row_hash, hash) VALUES ('audit_trail', head.seq + 1, NEW.id, content, head.hash);
    UPDATE ops.audit_chain_heads SET seq = seq + 1, hash = head.hash, updated_at = now() WHERE chain = 'audit_trail';
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER audit_trail_chain AFTER INSERT ON audit_trail DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION chain_audit_row();

CREATE FUNCTION note_unsealed_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO security_events_unsealed SELECT id FROM fresh;
    RETURN NULL;
END
$$;
CREATE TRIGGER security_events_unsealed AFTER INSERT ON security_events REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_unsealed_event();

-- Chains up to max_rows waiting events and returns how many. Only one session works at a time; the others return 0 at once.
CREATE FUNCTION seal_security_events(max_rows int DEFAULT 5000) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head ops.audit_chain_heads;
    event record;
    sealed int := 0;
BEGIN
    SELECT * INTO head FROM ops.audit_chain_heads WHERE chain = 'security_events' FOR UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;

    FOR event IN
        WITH batch AS (
            DELETE FROM security_events_unsealed WHERE row_id IN (SELECT row_id FROM security_events_unsealed ORDER BY row_id LIMIT max_rows FOR UPDATE SKIP LOCKED) RETURNING row_id)
        SELECT e.id, audit_row_hash(e) AS content FROM batch JOIN security_events e ON e.id = batch.row_id ORDER BY e.created_at, e.id
    LOOP
        head.seq := head.seq + 1;
        head.hash := audit_link_hash(head.hash, head.seq, event.id, event.content);
        INSERT INTO audit_chain_links (chain, seq, row_id, row_hash, hash) VALUES ('security_events', head.seq, event.id, event.content, head.hash);
        sealed := sealed + 1;
    END LOOP;

    UPDATE ops.audit_chain_heads SET seq = head.seq, hash = head.hash, updated_at = now() WHERE chain = 'security_events' AND sealed > 0;
    RETURN sealed;
END
$$;

-- What `audit verify` reports: one row per defect, at most max_rows.
CREATE FUNCTION verify_audit_chain(which varchar, max_rows int DEFAULT 100)
RETURNS TABLE (defect text, seq bigint, row_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH head AS (SELECT * FROM ops.audit_chain_heads h WHERE h.chain = which),
    links AS (
        SELECT l.*, lag(l.hash) OVER w AS previous, lag(l.seq) OVER w AS previous_seq FROM audit_chain_links l WHERE l.chain = which WINDOW w AS (ORDER BY l.seq)),
    content AS (
        SELECT a.id, audit_row_hash(a) AS now_hash FROM audit_trail a WHERE which = 'audit_trail'
        UNION ALL
        SELECT e.id, audit_row_hash(e) FROM security_events e WHERE which = 'security_events'),
    defects AS (
        SELECT 'row changed' AS defect, l.seq, l.row_id FROM links l JOIN content c ON c.id = l.row_id WHERE c.now_hash <> l.row_hash
        UNION ALL
        SELECT 'row removed', l.seq, l.row_id FROM links l LEFT JOIN content c ON c.id = l.row_id WHERE c.id IS NULL
        UNION ALL
        SELECT 'row not in chain', NULL, c.id FROM content c LEFT JOIN links l ON l.row_id = c.id LEFT JOIN security_events_unsealed u ON u.row_id = c.id
        WHERE l.row_id IS NULL AND u.row_id IS NULL
        UNION ALL
        SELECT 'waiting row removed', NULL, u.row_id FROM security_events_unsealed u LEFT JOIN content c ON c.id = u.row_id WHERE which = 'security_events' AND c.id IS NULL
        UNION ALL
        SELECT 'link broken', l.seq, l.row_id FROM links l, head h
        WHERE l.hash <> audit_link_hash(coalesce(l.previous, h.first_hash), l.seq, l.row_id, l.row_hash) OR l.seq <> coalesce(l.previous_seq, h.first_seq) + 1
        UNION ALL
        SELECT 'end cut off', h.seq, NULL FROM head h
        WHERE h.seq > h.first_seq AND NOT EXISTS (SELECT 1 FROM links l WHERE l.seq = h.seq AND l.hash = h.hash)
        UNION ALL
        SELECT 'links after the head', max(l.seq), NULL FROM links l, head h WHERE l.seq > h.seq HAVING count(*) > 0
        UNION ALL
        SELECT 'head missing', NULL, NULL WHERE NOT EXISTS (SELECT 1 FROM head))
    SELECT d.defect, d.seq, d.row_id FROM defects d ORDER BY d.seq NULLS LAST LIMIT max_rows
$$;

CREATE FUNCTION audit_chain_head(which varchar) RETURNS TABLE (seq bigint, hash text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT h.seq, encode(h.hash, 'hex') FROM ops.audit_chain_heads h WHERE h.chain = which
$$;

-- Refuses changes for everyone, owner and service_role included; only the retention function below gets past it.
CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('ytoptimizer.retention', true) = 'on'
       AND current_user = (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Retention: removes security events older than keep_for, at least 90 days, oldest links first, and moves the chain's beginning.
CREATE FUNCTION purge_security_events(keep_for interval, max_rows int DEFAULT 5000) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    cut audit_chain_links;
    removed int;
BEGIN
    IF keep_for < interval '90 days' THEN
        RAISE EXCEPTION 'security events are kept for at least 90 days' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    PERFORM 1 FROM ops.audit_chain_heads WHERE chain = 'security_events' FOR UPDATE;
    -- The longest prefix of the chain whose events are all old.
    SELECT l.* INTO cut FROM (
        SELECT k.*, bool_and(e.created_at < now() - keep_for) OVER (ORDER BY k.seq) AS all_old
        FROM (SELECT * FROM audit_chain_links WHERE chain = 'security_events' ORDER BY seq LIMIT max_rows) k
        LEFT JOIN security_events e ON e.id = k.row_id) l
    WHERE l.all_old ORDER BY l.seq DESC LIMIT 1;
    IF cut.seq IS NULL THEN
        RETURN 0;
    END IF;

    PERFORM set_config('ytoptimizer.retention', 'on', true);
    DELETE FROM security_events e USING audit_chain_links l WHERE l.chain = 'security_events' AND l.seq <= cut.seq AND e.id = l.row_id;
    GET DIAGNOSTICS removed = ROW_COUNT;
    DELETE FROM audit_chain_links WHERE chain = 'security_events' AND seq <= cut.seq;
    PERFORM set_config('ytoptimizer.retention', 'off', true);
    UPDATE ops.audit_chain_heads SET first_seq = cut.seq, first_hash = cut.hash WHERE chain = 'security_events';
    RETURN removed;
END
$$;

CREATE TRIGGER audit_trail_append_only BEFORE UPDATE OR DELETE ON audit_trail FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_trail_no_truncate BEFORE TRUNCATE ON audit_trail FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER security_events_append_only BEFORE UPDATE OR DELETE ON security_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER security_events_no_truncate BEFORE TRUNCATE ON security_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_chain_links_append_only BEFORE UPDATE OR DELETE ON audit_chain_links FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_chain_links_no_truncate BEFORE TRUNCATE ON audit_chain_links FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

SELECT secure_table('audit_chain_links');
SELECT secure_table('security_events_unsealed');
REVOKE UPDATE, DELETE, TRUNCATE ON audit_trail, security_events FROM ytoptimizer_app, service_role;
REVOKE ALL ON audit_chain_links, security_events_unsealed FROM ytoptimizer_app, service_role;
GRANT SELECT ON audit_chain_links TO ytoptimizer_app;
DROP POLICY app_all ON security_events_unsealed;
DROP POLICY app_all ON audit_chain_links;
CREATE POLICY app_reads ON audit_chain_links FOR SELECT TO ytoptimizer_app USING (true);

REVOKE ALL ON FUNCTION seal_security_events(int), verify_audit_chain(varchar, int), audit_chain_head(varchar), purge_security_events(interval, int) FROM PUBLIC, anon, authenticated;
GRANT EXECUTE ON FUNCTION seal_security_events(int), verify_audit_chain(varchar, int), audit_chain_head(varchar), purge_security_events(interval, int) TO ytoptimizer_app, service_role;
