-- ---------------------------------------------------------------------------------------------------------------------
-- Rooms as the admin department keeps them
-- ---------------------------------------------------------------------------------------------------------------------

ALTER TABLE site ADD version int NOT NULL DEFAULT 1;

-- A day on which a site keeps other hours than its weekday's: a public holiday, a make-up work day (调休), a day off.
CREATE TABLE special_day (
  site_id text NOT NULL REFERENCES site,
  day date NOT NULL,
  name_zh text NOT NULL CHECK (length(name_zh) <= 60),
  name_en text NOT NULL CHECK (length(name_en) <= 60),
  opens time,
  closes time,
  PRIMARY KEY (site_id, day),
  CONSTRAINT special_day_open_or_closed CHECK ((opens IS NULL) = (closes IS NULL)),
  CONSTRAINT special_day_opens_before_it_closes CHECK (opens < closes)
);
COMMENT ON COLUMN special_day.opens IS 'local time; null: closed all day';
CREATE TRIGGER special_day_raises_catalogue_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON special_day
  FOR EACH STATEMENT EXECUTE FUNCTION raise_catalogue_revision();

-- How the chairs can stand (F-4.2.1).
CREATE TABLE layout (
  code text PRIMARY KEY,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  position int NOT NULL
);
INSERT INTO layout (code, name_zh, name_en, position) VALUES
  ('boardroom', '会议桌式', 'Boardroom', 1),
  ('u-shape', 'U 形', 'U-shape', 2),
  ('classroom', '课桌式', 'Classroom', 3),
  ('theatre', '剧院式', 'Theatre', 4);
CREATE TRIGGER layout_raises_catalogue_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON layout
  FOR EACH STATEMENT EXECUTE FUNCTION raise_catalogue_revision();

-- The rooms that are there were booked without approval so far; from now on that is for the admin department to say (K-4.1.2).
ALTER TABLE room
  ADD version int NOT NULL DEFAULT 1,
  ADD booking text NOT NULL DEFAULT 'automatic' CONSTRAINT room_booking_known CHECK (booking IN ('automatic', 'approval')),
  ADD automatic_up_to int CONSTRAINT room_automatic_up_to_some_minutes CHECK (automatic_up_to BETWEEN 5 AND 44640),
  ADD note_zh text NOT NULL DEFAULT '' CHECK (length(note_zh) <= 500),
  ADD note_en text NOT NULL DEFAULT '' CHECK (length(note_en) <= 500),
  ADD CONSTRAINT room_automatic_where_it_is CHECK (automatic_up_to IS NULL OR booking = 'automatic');
ALTER TABLE room ALTER booking SET DEFAULT 'approval';
COMMENT ON COLUMN room.version IS 'of what people edit; revision counts what its door shows';
COMMENT ON COLUMN room.booking IS 'automatic: confirmed at once, as the admin department delegates it; approval: kept as a request (K-4.1.2)';
COMMENT ON COLUMN room.automatic_up_to IS 'minutes; what lasts longer needs approval; null: whatever the length';

CREATE TABLE room_layout (
  room_id text NOT NULL REFERENCES room,
  layout_code text NOT NULL REFERENCES layout,
  capacity int NOT NULL CHECK (capacity BETWEEN 1 AND 10000),
  PRIMARY KEY (room_id, layout_code)
);

-- Which departments may book a room; a room without rows is for all.
CREATE TABLE room_department (
  room_id text NOT NULL REFERENCES room,
  department_id text NOT NULL REFERENCES department,
  PRIMARY KEY (room_id, department_id)
);

CREATE TABLE room_photo (
  room_id text PRIMARY KEY REFERENCES room,
  media_type text NOT NULL CONSTRAINT room_photo_is_a_picture CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
  bytes bytea NOT NULL CHECK (length(bytes) <= 4194304),
  sha256 bytea NOT NULL,
  set_at timestamptz NOT NULL
);
