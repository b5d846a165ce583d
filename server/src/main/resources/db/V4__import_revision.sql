ALTER TABLE booking
  ADD import_sequence int CHECK (import_sequence >= 0),
  ADD import_digest text;
COMMENT ON COLUMN booking.import_sequence IS 'SEQUENCE of the entry that it was last taken from; an older file changes nothing';
COMMENT ON COLUMN booking.import_digest IS 'what that entry said, as a hash; the same file changes nothing, whatever was decided here since';
