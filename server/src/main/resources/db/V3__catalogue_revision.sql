-- What every decision reads but hardly anybody changes is kept in the servers' memory. Each decision sees, under its room's lock, whether
-- the copy is still true: any change of these tables raises this number.
CREATE TABLE catalogue_revision (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  revision bigint NOT NULL DEFAULT 1
);
INSERT INTO catalogue_revision DEFAULT VALUES;

CREATE FUNCTION raise_catalogue_revision() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE catalogue_revision SET revision = revision + 1;
  RETURN NULL;
END $$;

DO $$
DECLARE
  watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY['site', 'opening_hours', 'policy', 'policy_version', 'policy_parameter', 'meeting_type', 'department', 'equipment'] LOOP
    EXECUTE format(
      'CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION raise_catalogue_revision()',
      watched || '_raises_catalogue_revision', watched);
  END LOOP;
END $$;
