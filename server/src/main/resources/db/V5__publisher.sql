-- Which server publishes to the broker: a lease, renewed each second. A lock would not do: a session that hangs keeps it for ever.
CREATE TABLE publisher (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  node text,
  session int,
  until timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO publisher DEFAULT VALUES;
COMMENT ON COLUMN publisher.node IS 'a name that the server gives itself at each start';
COMMENT ON COLUMN publisher.session IS 'process of PostgreSQL that serves the node''s session; once it is gone, so is the node';
COMMENT ON COLUMN publisher.until IS 'end of the lease by clock_timestamp(), which no test moves';
