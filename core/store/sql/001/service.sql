-- Service that is certified: hours, records of them, and honours.

INSERT INTO table_class VALUES
	('service_hours', 'domain'), ('service_record', 'domain'), ('certificate', 'domain'),
	('certificate_private', 'private');

-- 服务时长: certified minutes, one line for each time served. Lines are never changed: one that
-- was wrong is taken back by another one. A manual line counts once a second person approved it.
CREATE TABLE service_hours (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	resident INTEGER NOT NULL REFERENCES resident (id),
	assignment INTEGER NOT NULL REFERENCES assignment (id),
	served_on TEXT NOT NULL,
	planned INTEGER NOT NULL CHECK (planned >= 0), -- minutes
	actual INTEGER NOT NULL CHECK (actual >= 0),
	credited INTEGER NOT NULL,
	is_reportable INTEGER NOT NULL CHECK (is_reportable IN (0, 1)),
	at INTEGER NOT NULL,
	author INTEGER REFERENCES staff (id), -- of a manual line
	approver INTEGER REFERENCES staff (id),
	is_waiting INTEGER NOT NULL DEFAULT 0 CHECK (is_waiting IN (0, 1)),
	reverses INTEGER UNIQUE REFERENCES service_hours (id),
	CHECK ((reverses IS NULL) = (credited >= 0)),
	CHECK (reverses IS NOT NULL OR credited <= planned)
) STRICT;
CREATE INDEX service_hours_resident ON service_hours (resident, id);
CREATE INDEX service_hours_on ON service_hours (served_on);
CREATE INDEX service_hours_assignment ON service_hours (assignment);

CREATE TABLE service_record (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	resident INTEGER NOT NULL REFERENCES resident (id),
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL CHECK (until_on >= from_on),
	minutes INTEGER NOT NULL CHECK (minutes >= 0),
	lines INTEGER NOT NULL CHECK (lines >= 0),
	issued_at INTEGER NOT NULL
) STRICT;

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
