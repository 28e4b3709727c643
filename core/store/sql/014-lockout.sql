-- A wait after wrong PINs counts while the machine runs, whatever its clock is set to meanwhile or
-- across a restart: what is left of it, when that was seen, and in which boot of the kernel, whose
-- monotonic clock went on from there. What had not ended by its wall clock ends with this.
CREATE TABLE kept AS SELECT * FROM lockout;
DROP TABLE lockout;
CREATE TABLE lockout (
	staff INTEGER NOT NULL REFERENCES staff (id),
	door TEXT NOT NULL CHECK (door IN ('card', 'shell')),
	failures INTEGER NOT NULL, -- in a row
	rounds INTEGER NOT NULL, -- how often it has locked: 15 min, 30, 60 …
	left_ms INTEGER NOT NULL CHECK (left_ms >= 0),
	seen_ms INTEGER NOT NULL,
	boot TEXT NOT NULL,
	PRIMARY KEY (staff, door)
) STRICT, WITHOUT ROWID;
INSERT INTO lockout SELECT staff, door, failures, rounds, 0, 0, '' FROM kept;
DROP TABLE kept;
