-- The one clock of every decision. Tests replace it in databases of their own; nothing else may.
CREATE FUNCTION app_now() RETURNS timestamptz
  LANGUAGE sql VOLATILE
  RETURN clock_timestamp();

CREATE EXTENSION btree_gist;

-- ---------------------------------------------------------------------------------------------------------------------
-- The state of the installation
-- ---------------------------------------------------------------------------------------------------------------------

-- Raised when the record was restored from an older one: displays then take what they would else refuse as old.
CREATE TABLE timeline_epoch (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  epoch bigint NOT NULL DEFAULT 1 CHECK (epoch > 0)
);
INSERT INTO timeline_epoch DEFAULT VALUES;

-- Keys that the servers on this database share, made at the first start.
CREATE TABLE secret (
  name text PRIMARY KEY,
  value bytea NOT NULL
);

-- The first answer to each creating request (Idempotency-Key): the same request again gets it again.
CREATE TABLE idempotency_record (
  caller text NOT NULL,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
  request_hash bytea NOT NULL,
  status int NOT NULL,
  body text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_record_made_at ON idempotency_record (made_at);

-- ---------------------------------------------------------------------------------------------------------------------
-- Sites, departments, people
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE site (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name_zh text NOT NULL,
  name_en text NOT NULL,
  zone text NOT NULL,
  position int NOT NULL DEFAULT 0
);
COMMENT ON COLUMN site.zone IS 'IANA region id, known to Java, PostgreSQL and browsers';

-- Hours in which rooms are open without approval (F-4.6.1), local time; a weekday without a row is closed.
CREATE TABLE opening_hours (
  site_id text NOT NULL REFERENCES site,
  weekday int NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  opens time NOT NULL,
  closes time NOT NULL,
  PRIMARY KEY (site_id, weekday),
  CONSTRAINT opening_hours_open_before_close CHECK (opens < closes)
);
COMMENT ON COLUMN opening_hours.weekday IS 'ISO 8601: 1 is Monday';

CREATE TABLE policy (
  id text PRIMARY KEY,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  position int NOT NULL
);
COMMENT ON TABLE policy IS 'K: customer-reception meetings; F: customer-service department; C: the company''s default set';

CREATE TABLE policy_version (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  policy_id text NOT NULL REFERENCES policy,
  version int NOT NULL CHECK (version > 0),
  effective_from timestamptz NOT NULL,
  note text NOT NULL,
  UNIQUE (policy_id, version)
);

-- A number that a policy sets. Minutes unless the name says otherwise.
CREATE TABLE policy_parameter (
  policy_version_id bigint NOT NULL REFERENCES policy_version,
  name text NOT NULL,
  value jsonb NOT NULL,
  clause text,
  PRIMARY KEY (policy_version_id, name)
);
COMMENT ON COLUMN policy_parameter.clause IS 'the clause that sets it, such as K-4.3.2; null for the company''s own';

CREATE TABLE department (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name_zh text NOT NULL,
  name_en text NOT NULL,
  parent_id text REFERENCES department,
  policy_id text NOT NULL DEFAULT 'C' REFERENCES policy,
  position int NOT NULL DEFAULT 0
);
COMMENT ON COLUMN department.policy_id IS 'F for the customer-service department, C for all others (F-5.1)';

CREATE TABLE person (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  staff_number text NOT NULL UNIQUE,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  email text,
  department_id text NOT NULL REFERENCES department,
  position int NOT NULL DEFAULT 0,
  left_at timestamptz
);
CREATE INDEX person_email ON person (lower(email));
COMMENT ON COLUMN person.position IS 'rank order within the department (排序)';

ALTER TABLE department
  ADD head_id bigint REFERENCES person,
  ADD approver_id bigint REFERENCES person;
COMMENT ON COLUMN department.approver_id IS 'supervising leader who approves its meetings (K-1.4.1); need not be the head';

-- ---------------------------------------------------------------------------------------------------------------------
-- Rooms
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE equipment (
  code text PRIMARY KEY,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  position int NOT NULL
);

CREATE TABLE room (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  site_id text NOT NULL REFERENCES site,
  building_zh text NOT NULL,
  building_en text NOT NULL,
  floor text NOT NULL,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  capacity int NOT NULL CHECK (capacity BETWEEN 1 AND 10000),
  position int NOT NULL DEFAULT 0,
  revision bigint NOT NULL DEFAULT 1,
  removed_at timestamptz
) WITH (fillfactor = 50);
CREATE INDEX room_site ON room (site_id);
COMMENT ON COLUMN room.revision IS 'raised by every change of what the door shows; the row lock behind it orders them';

CREATE TABLE room_equipment (
  room_id text NOT NULL REFERENCES room,
  equipment_code text NOT NULL REFERENCES equipment,
  PRIMARY KEY (room_id, equipment_code)
);

-- ---------------------------------------------------------------------------------------------------------------------
-- Bookings
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE meeting_type (
  id text PRIMARY KEY,
  policy_id text REFERENCES policy,
  name_zh text NOT NULL,
  name_en text NOT NULL,
  reception boolean NOT NULL DEFAULT false,
  level text NOT NULL DEFAULT 'internal',
  priority text NOT NULL DEFAULT 'normal',
  position int NOT NULL
);
COMMENT ON COLUMN meeting_type.policy_id IS 'K for the four kinds of K-1.2; null where the department''s policy decides';
COMMENT ON COLUMN meeting_type.level IS 'level of confidentiality unless the booking says otherwise';

CREATE SEQUENCE booking_id_seq;

CREATE TABLE booking (
  id bigint PRIMARY KEY DEFAULT nextval('booking_id_seq'),
  room_id text NOT NULL REFERENCES room,
  during tstzrange NOT NULL,
  occupied tstzrange NOT NULL,
  zone text NOT NULL,
  local_start timestamp NOT NULL,
  local_end timestamp NOT NULL,
  status text NOT NULL,
  subject text NOT NULL CHECK (length(subject) BETWEEN 1 AND 200),
  goal text NOT NULL DEFAULT '' CHECK (length(goal) <= 2000),
  meeting_type_id text NOT NULL REFERENCES meeting_type,
  level text NOT NULL,
  priority text NOT NULL,
  convener_id bigint REFERENCES person,
  booker_id bigint REFERENCES person,
  department_id text REFERENCES department,
  head_count int CHECK (head_count BETWEEN 1 AND 10000),
  policy_version_id bigint NOT NULL REFERENCES policy_version,
  second_policy_version_id bigint REFERENCES policy_version,
  source text NOT NULL,
  import_uid text,
  import_recurrence text,
  made_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  checked_in_at timestamptz,
  ended_at timestamptz,
  end_before_ended timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  version int NOT NULL DEFAULT 1,

  CONSTRAINT booking_no_overlap
    EXCLUDE USING gist (room_id WITH =, occupied WITH &&) WHERE (status IN ('held', 'confirmed')),
  CONSTRAINT booking_status_known CHECK (status IN
    ('requested', 'held', 'confirmed', 'returned', 'refused', 'withdrawn', 'cancelled', 'displaced', 'released')),
  CONSTRAINT booking_level_known CHECK (level IN ('internal', 'confidential', 'strict')),
  CONSTRAINT booking_priority_known CHECK (priority IN ('normal', 'important', 'urgent')),
  CONSTRAINT booking_source_known CHECK (source IN ('console', 'door', 'kiosk', 'import', 'demo')),
  CONSTRAINT booking_half_open CHECK (
    NOT isempty(during) AND lower_inc(during) AND NOT upper_inc(during)
    AND isfinite(lower(during)) AND isfinite(upper(during))
    AND NOT isempty(occupied) AND lower_inc(occupied) AND NOT upper_inc(occupied)
    AND isfinite(lower(occupied)) AND isfinite(upper(occupied))),
  CONSTRAINT booking_length CHECK (
    (ended_at IS NOT NULL OR upper(during) - lower(during) >= interval '5 minutes')
    AND upper(during) - lower(during) <= interval '31 days'),
  CONSTRAINT booking_in_this_century CHECK (lower(during) >= '2000-01-01Z' AND upper(during) <= '2100-01-01Z'),
  CONSTRAINT booking_occupies_itself CHECK (occupied @> during),
  CONSTRAINT booking_ended_knows_its_end CHECK ((ended_at IS NULL) = (end_before_ended IS NULL)),
  CONSTRAINT booking_cancelled_says_when CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL))
);
CREATE UNIQUE INDEX booking_import_once ON booking (room_id, import_uid, import_recurrence)
  WHERE import_uid IS NOT NULL;
CREATE INDEX booking_convener ON booking (convener_id, lower(during));
COMMENT ON COLUMN booking.during IS 'when the meeting is, [start, end); its end moves when it is extended or ended early';
COMMENT ON COLUMN booking.occupied IS 'during, and before it what the policy in force holds hard (K-4.3.2: 15 minutes)';
COMMENT ON COLUMN booking.local_start IS 'the wall time that was meant, in zone';
COMMENT ON COLUMN booking.status IS 'requested 待审批 (blocks nothing), held (blocks while it waits), confirmed 已通过, returned 退回, refused 驳回, withdrawn 撤回, cancelled 撤销, displaced 让出, released 释放';
COMMENT ON COLUMN booking.convener_id IS 'who calls the meeting (召集人); null for a walk-up by nobody known and for imports of strangers';
COMMENT ON COLUMN booking.booker_id IS 'who booked (预订人), also for another (代订)';
COMMENT ON COLUMN booking.policy_version_id IS 'the policy version under which it was made';
COMMENT ON COLUMN booking.second_policy_version_id IS 'where two policies hold (a reception of the customer-service department): the other one; the stricter value counts';
COMMENT ON COLUMN booking.end_before_ended IS 'the booked end when it was ended early';
COMMENT ON COLUMN booking.import_recurrence IS 'RECURRENCE-ID or start of the occurrence, UTC; empty for a single event';

CREATE TABLE booking_attendee (
  booking_id bigint NOT NULL REFERENCES booking ON DELETE CASCADE,
  ordinal int NOT NULL,
  role text NOT NULL CHECK (role IN ('required', 'invited', 'guest')),
  person_id bigint REFERENCES person,
  name text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  email text CHECK (length(email) <= 254),
  PRIMARY KEY (booking_id, ordinal)
);
CREATE UNIQUE INDEX booking_attendee_person_once ON booking_attendee (booking_id, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX booking_attendee_person ON booking_attendee (person_id);
COMMENT ON COLUMN booking_attendee.role IS 'required 必须参会, invited 邀请参会, guest 来宾 (K-1.5.1, K-1.5.2)';

-- ---------------------------------------------------------------------------------------------------------------------
-- Devices
-- ---------------------------------------------------------------------------------------------------------------------

CREATE TABLE device (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  kind text NOT NULL CHECK (kind IN ('display', 'kiosk', 'integration', 'gateway')),
  name text NOT NULL,
  site_id text REFERENCES site,
  credential_version int NOT NULL DEFAULT 1,
  made_at timestamptz NOT NULL,
  revoked_at timestamptz,
  status jsonb,
  status_at timestamptz,
  CONSTRAINT device_has_site CHECK (site_id IS NOT NULL OR kind IN ('integration', 'gateway'))
);
COMMENT ON COLUMN device.credential_version IS 'its MQTT password is derived from the installation''s key, its id and this';

CREATE TABLE device_room (
  device_id text NOT NULL REFERENCES device ON DELETE CASCADE,
  room_id text NOT NULL REFERENCES room,
  PRIMARY KEY (device_id, room_id)
);
COMMENT ON TABLE device_room IS 'rooms whose door a display is; a kiosk sees all rooms of its site';
