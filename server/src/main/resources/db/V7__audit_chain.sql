-- ---------------------------------------------------------------------------------------------------------------------
-- The chain over the audit log. A sealer links committed entries in batches: each link holds SHA-256 over the hash before it and the
-- entry. The head says how far the chain has come, signed with the installation's key.
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE audit_link (
  position bigint PRIMARY KEY CHECK (position > 0),
  entry_id bigint NOT NULL UNIQUE REFERENCES audit_entry,
  hash bytea NOT NULL CHECK (length(hash) = 32)
);
CREATE TRIGGER audit_link_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_link
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();

CREATE TABLE audit_head (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  position bigint NOT NULL DEFAULT 0,
  hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
  horizon xid8 NOT NULL DEFAULT '0',
  signature bytea
);
INSERT INTO audit_head DEFAULT VALUES;
COMMENT ON TABLE audit_head IS 'its row lock elects the sealer, for one batch';
COMMENT ON COLUMN audit_head.horizon IS 'every entry of an older transaction is linked';
COMMENT ON COLUMN audit_head.signature IS 'HMAC-SHA-256 over position, hash and horizon; null before the first batch';

CREATE INDEX audit_entry_xid ON audit_entry (xid, id);

-- A door that a display gets or loses is a right that it gets or loses.
CREATE TRIGGER device_room_raises_access_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON device_room
  FOR EACH STATEMENT EXECUTE FUNCTION raise_access_revision();
