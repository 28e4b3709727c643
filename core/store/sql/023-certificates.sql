-- 荣誉证书: what somebody was honoured for, with the figures as they stood then; the number on the
-- paper scans back to here.

INSERT INTO table_class VALUES ('certificate', 'domain'), ('certificate_private', 'private');

CREATE TABLE certificate (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE CHECK (number > 0),
	resident INTEGER NOT NULL REFERENCES resident (id),
	year INTEGER CHECK (year BETWEEN 1 AND 9999), -- NULL: for the stars, by all hours
	stars INTEGER NOT NULL CHECK (stars BETWEEN 0 AND 5),
	place INTEGER CHECK (place > 0), -- on the year's list; NULL: not on it
	minutes INTEGER NOT NULL CHECK (minutes >= 0),
	points INTEGER NOT NULL CHECK (points >= 0), -- earned
	issued_at INTEGER NOT NULL,
	CHECK (year IS NOT NULL OR stars > 0),
	CHECK (place IS NULL OR year IS NOT NULL)
) STRICT;
CREATE INDEX certificate_resident ON certificate (resident, id);

CREATE TABLE certificate_private (
	id INTEGER PRIMARY KEY REFERENCES certificate (id),
	name TEXT -- as the person wished it to stand there
) STRICT;
