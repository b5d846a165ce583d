-- ---------------------------------------------------------------------------------------------------------------------
-- Policies are revised (F-1.6, K-5.1): a version holds from its date on, and what was booked before keeps its own
-- ---------------------------------------------------------------------------------------------------------------------

ALTER TABLE policy ADD owner text NOT NULL DEFAULT 'admin' CONSTRAINT policy_owner_known CHECK (owner IN ('admin', 'department-head'));
COMMENT ON COLUMN policy.owner IS 'who publishes versions: the admin department (K-5.2), or the heads of the departments under it (F-5.2)';
UPDATE policy SET owner = 'department-head' WHERE id = 'F';

ALTER TABLE policy_version
  ADD published_at timestamptz,
  ADD published_by bigint REFERENCES person,
  ADD withdrawn_at timestamptz;
COMMENT ON COLUMN policy_version.published_at IS 'null for what every installation begins with';
COMMENT ON COLUMN policy_version.withdrawn_at IS 'taken back before it held';
CREATE INDEX policy_version_in_order ON policy_version (policy_id, effective_from);
