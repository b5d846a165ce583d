-- ---------------------------------------------------------------------------------------------------------------------
-- People and departments as the personnel department knows them
-- ---------------------------------------------------------------------------------------------------------------------

ALTER TABLE person
  ADD title_zh text NOT NULL DEFAULT '' CHECK (length(title_zh) <= 40),
  ADD title_en text NOT NULL DEFAULT '' CHECK (length(title_en) <= 40),
  ADD badge_code text CONSTRAINT person_badge_once UNIQUE CHECK (badge_code ~ '^[0-9A-Z]{4,32}$'),
  ADD source text NOT NULL DEFAULT 'console' CONSTRAINT person_source_known CHECK (source IN ('console', 'import', 'demo')),
  ADD version int NOT NULL DEFAULT 1;
CREATE INDEX person_department ON person (department_id);
COMMENT ON COLUMN person.title_zh IS 'follows the surname in Chinese (王主任); empty for none';
COMMENT ON COLUMN person.badge_code IS 'what the reader at the kiosk reads off the badge, upper case';
COMMENT ON COLUMN person.source IS 'who is missing from the next personnel file has left, if a file brought them';

ALTER TABLE department
  ADD source text NOT NULL DEFAULT 'console' CONSTRAINT department_source_known CHECK (source IN ('console', 'import', 'demo')),
  ADD removed_at timestamptz,
  ADD version int NOT NULL DEFAULT 1,
  ADD CONSTRAINT department_not_below_itself CHECK (parent_id <> id);

-- Beside the staff number, which everybody knows, somebody says this at the kiosk: a number alone invites signing in for others (代签).
CREATE TABLE kiosk_pin (
  person_id bigint PRIMARY KEY REFERENCES person,
  hash text NOT NULL,
  set_at timestamptz NOT NULL
);
COMMENT ON COLUMN kiosk_pin.hash IS 'argon2id in PHC string format';
