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

-- ---------------------------------------------------------------------------------------------------------------------
-- Requests that wait for approval (K-1.4.1, K-4.1.2)
-- ---------------------------------------------------------------------------------------------------------------------

-- With whom a request lies: the supervising leader of its department, unless they asked for it themselves or have left; then the
-- leader of the next department above. Null: with the admin department.
CREATE FUNCTION supervising_leader(of_department text, convener bigint, booker bigint) RETURNS bigint
  LANGUAGE sql STABLE AS $$
  WITH RECURSIVE up AS (
    SELECT d.parent_id, d.approver_id, 1 AS height FROM department d WHERE d.id = of_department
    UNION ALL
    SELECT d.parent_id, d.approver_id, up.height + 1 FROM up JOIN department d ON d.id = up.parent_id WHERE up.height < 20)
  SELECT p.id
  FROM up JOIN person p ON p.id = up.approver_id
  WHERE p.left_at IS NULL AND p.id IS DISTINCT FROM convener AND p.id IS DISTINCT FROM booker
  ORDER BY up.height
  LIMIT 1
$$;

CREATE INDEX booking_requested ON booking (lower(during)) WHERE status = 'requested';
