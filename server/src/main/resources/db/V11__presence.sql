-- ---------------------------------------------------------------------------------------------------------------------
-- Who is in the building: staff register at the kiosk. It is no sign-in to a meeting (F-2.2.1 asks for that in the room).
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE presence (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES person,
  site_id text NOT NULL REFERENCES site,
  device_id text NOT NULL REFERENCES device,
  day date NOT NULL,
  came_at timestamptz NOT NULL,
  by text NOT NULL CONSTRAINT presence_by_known CHECK (by IN ('badge', 'pin')),
  CONSTRAINT presence_once_a_day UNIQUE (person_id, site_id, day)
);
COMMENT ON COLUMN presence.day IS 'local date at the site';
COMMENT ON COLUMN presence.came_at IS 'the first time that day, PostgreSQL''s clock';
