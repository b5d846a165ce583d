-- ---------------------------------------------------------------------------------------------------------------------
-- Who may what
-- ---------------------------------------------------------------------------------------------------------------------

-- What somebody is beside being an employee; leaders are known by department.approver_id, all else by a booking's or a meeting's rows.
CREATE TABLE person_role (
  person_id bigint NOT NULL REFERENCES person,
  role text NOT NULL CONSTRAINT person_role_known CHECK (role IN ('admin', 'front-desk', 'facility')),
  given_at timestamptz NOT NULL,
  given_by bigint REFERENCES person,
  PRIMARY KEY (person_id, role)
);
COMMENT ON COLUMN person_role.given_by IS 'null for the first admin, whom the installation itself lets in';

-- Somebody books for somebody else as a matter of course (代订).
CREATE TABLE delegation (
  principal_id bigint NOT NULL REFERENCES person,
  delegate_id bigint NOT NULL REFERENCES person,
  given_at timestamptz NOT NULL,
  PRIMARY KEY (principal_id, delegate_id),
  CONSTRAINT delegation_to_another CHECK (principal_id <> delegate_id)
);

-- ---------------------------------------------------------------------------------------------------------------------
-- Sign-in
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE password (
  person_id bigint PRIMARY KEY REFERENCES person,
  hash text NOT NULL,
  set_at timestamptz NOT NULL
);
COMMENT ON COLUMN password.hash IS 'argon2id in PHC string format';

CREATE TABLE session (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  person_id bigint NOT NULL REFERENCES person,
  agent text NOT NULL CHECK (length(agent) <= 200),
  made_at timestamptz NOT NULL,
  used_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX session_person ON session (person_id) WHERE ended_at IS NULL;
COMMENT ON COLUMN session.token_hash IS 'SHA-256 of what the cookie holds';
COMMENT ON COLUMN session.used_at IS 'to the minute';

-- Wrong passwords of the last quarter of an hour. Who has signed in before from a browser is counted apart from strangers, so that
-- guessing shuts nobody out of their own account.
CREATE TABLE sign_in_failure (
  account text NOT NULL,
  counted text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX sign_in_failure_counted ON sign_in_failure (counted, at);
COMMENT ON COLUMN sign_in_failure.account IS 'what was typed, in lower case, hashed where it is nobody''s';
COMMENT ON COLUMN sign_in_failure.counted IS 'account and, for a browser that is known to it, that browser';

-- A link that works once: makes the first admin, sets a password, or lets a display or a kiosk in.
CREATE TABLE entry_link (
  token_hash bytea PRIMARY KEY,
  purpose text NOT NULL CONSTRAINT entry_link_purpose_known CHECK (purpose IN ('first-admin', 'password', 'device')),
  person_id bigint REFERENCES person,
  device_id text REFERENCES device,
  made_at timestamptz NOT NULL,
  made_by bigint REFERENCES person,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  CONSTRAINT entry_link_leads_somewhere CHECK (
    (purpose = 'password') = (person_id IS NOT NULL) AND (purpose = 'device') = (device_id IS NOT NULL))
);

-- ---------------------------------------------------------------------------------------------------------------------
-- Rights are asked of the rows; what a server keeps of them for a moment, and the sockets that are open, are looked at again when this
-- number has risen.
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE access_revision (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  revision bigint NOT NULL DEFAULT 1
);
INSERT INTO access_revision DEFAULT VALUES;

CREATE FUNCTION raise_access_revision() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE access_revision SET revision = revision + 1;
  RETURN NULL;
END $$;

CREATE TRIGGER person_role_raises_access_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON person_role
  FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();
CREATE TRIGGER person_raises_access_revision AFTER UPDATE OF left_at, department_id OR DELETE ON person
  FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();
CREATE TRIGGER department_raises_access_revision AFTER UPDATE OF approver_id OR DELETE ON department
  FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();
CREATE TRIGGER session_raises_access_revision AFTER UPDATE OF ended_at OR DELETE ON session
  FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();
CREATE TRIGGER device_raises_access_revision AFTER UPDATE OF revoked_at, credential_version OR DELETE ON device
  FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();

-- ---------------------------------------------------------------------------------------------------------------------
-- The audit log: who did what, in the transaction that did it. Rows come in unchained, because a chain inside the transaction would be a
-- lock over all of them; one sealer chains the committed ones behind.
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  object text NOT NULL,
  fields text[] NOT NULL,
  reason text NOT NULL
);
CREATE INDEX audit_entry_object ON audit_entry (object, id);
COMMENT ON COLUMN audit_entry.actor IS 'person:ID, device:ID, clock for what falls due by itself, nobody';
COMMENT ON COLUMN audit_entry.object IS 'such as booking:42';
COMMENT ON COLUMN audit_entry.fields IS 'names of what changed, never its contents';

CREATE FUNCTION refuse_change_of_audit() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only added to';
END $$;
CREATE TRIGGER audit_entry_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
