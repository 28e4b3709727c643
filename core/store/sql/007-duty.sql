-- Shifts and who stands them.

INSERT INTO table_class VALUES ('shift', 'domain'), ('assignment', 'domain');

CREATE TABLE shift (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	start_at INTEGER NOT NULL,
	end_at INTEGER NOT NULL CHECK (end_at > start_at),
	needed INTEGER NOT NULL CHECK (needed > 0)
) STRICT;
CREATE INDEX shift_start ON shift (start_at);
CREATE INDEX shift_end ON shift (end_at);

CREATE TABLE assignment (
	id INTEGER PRIMARY KEY,
	shift INTEGER NOT NULL REFERENCES shift (id),
	resident INTEGER NOT NULL REFERENCES resident (id),
	is_leader INTEGER NOT NULL DEFAULT 0 CHECK (is_leader IN (0, 1)),
	in_at INTEGER,
	out_at INTEGER CHECK (out_at >= in_at),
	UNIQUE (shift, resident)
) STRICT;
CREATE UNIQUE INDEX assignment_one_leader ON assignment (shift) WHERE is_leader = 1;
CREATE INDEX assignment_resident ON assignment (resident);
