-- Rooms, and who is in them.

INSERT INTO table_class VALUES ('venue', 'domain'), ('session', 'domain');

CREATE TABLE venue (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 999999999),
	name TEXT NOT NULL UNIQUE,
	capacity INTEGER NOT NULL CHECK (capacity > 0)
) STRICT;

CREATE TABLE session (
	id INTEGER PRIMARY KEY,
	venue INTEGER NOT NULL REFERENCES venue (id),
	resident INTEGER NOT NULL REFERENCES resident (id),
	in_at INTEGER NOT NULL,
	out_at INTEGER CHECK (out_at >= in_at),
	is_estimated INTEGER NOT NULL DEFAULT 0 CHECK (is_estimated IN (0, 1)) -- ended by closing time
) STRICT;
CREATE UNIQUE INDEX session_one_open ON session (resident) WHERE out_at IS NULL;
CREATE INDEX session_open_venue ON session (venue, in_at) WHERE out_at IS NULL;
CREATE INDEX session_venue ON session (venue, in_at);
