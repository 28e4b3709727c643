-- Duty: kinds of shifts and the weekly template that makes them, volunteers and their times, the
-- roster's versions, and what became of each assignment.

INSERT INTO table_class VALUES
	('duty_role', 'domain'), ('shift_type', 'domain'), ('shift_type_role', 'domain'),
	('duty_template', 'domain'), ('shift', 'domain'), ('volunteer', 'domain'),
	('volunteer_private', 'private'), ('volunteer_role', 'domain'),
	('volunteer_time', 'domain'), ('duty_team', 'domain'), ('duty_team_member', 'domain'),
	('assignment', 'domain'), ('roster', 'domain'), ('roster_version', 'domain');

-- 负责人, 党员, 急救 …: what a volunteer is and a shift may ask for. The code 'leader' is the one who
-- leads.
CREATE TABLE duty_role (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL
) STRICT;

-- A kind of shift: what is done, where, by how many.
CREATE TABLE shift_type (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	purpose TEXT NOT NULL DEFAULT '',
	place TEXT NOT NULL DEFAULT '',
	needed INTEGER NOT NULL CHECK (needed > 0),
	wants_leader INTEGER NOT NULL DEFAULT 0 CHECK (wants_leader IN (0, 1)),
	-- Its hours are certified; i志愿 takes them.
	is_creditable INTEGER NOT NULL DEFAULT 1 CHECK (is_creditable IN (0, 1)),
	is_reportable INTEGER NOT NULL DEFAULT 1 CHECK (is_reportable IN (0, 1)),
	is_retired INTEGER NOT NULL DEFAULT 0 CHECK (is_retired IN (0, 1))
) STRICT;

-- How many of those in the shift must have the role; the leader is wants_leader.
CREATE TABLE shift_type_role (
	id INTEGER PRIMARY KEY,
	type INTEGER NOT NULL REFERENCES shift_type (id),
	role INTEGER NOT NULL REFERENCES duty_role (id),
	needed INTEGER NOT NULL CHECK (needed > 0),
	UNIQUE (type, role)
) STRICT;

-- The weekly template: minutes from local midnight; a shift that ends after 1440 runs into the next
-- day.
CREATE TABLE duty_template (
	id INTEGER PRIMARY KEY,
	type INTEGER NOT NULL REFERENCES shift_type (id),
	weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- ISO, 1 Monday
	starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
	ends INTEGER NOT NULL CHECK (ends > starts AND ends <= 2880),
	on_closed_days INTEGER NOT NULL DEFAULT 0 CHECK (on_closed_days IN (0, 1)),
	UNIQUE (type, weekday, starts)
) STRICT;

-- A time at which people are needed.
CREATE TABLE shift (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	start_at INTEGER NOT NULL,
	end_at INTEGER NOT NULL CHECK (end_at > start_at),
	needed INTEGER NOT NULL CHECK (needed > 0), -- people
	type INTEGER REFERENCES shift_type (id),    -- NULL: a one-off of no type
	cancelled_at INTEGER
) STRICT;
CREATE INDEX shift_start ON shift (start_at);
CREATE INDEX shift_end ON shift (end_at);

-- A template makes a shift once.
CREATE UNIQUE INDEX shift_of_type ON shift (type, start_at) WHERE type IS NOT NULL;

-- A resident who serves. NULL: as the setting says for everybody.
CREATE TABLE volunteer (
	id INTEGER PRIMARY KEY,
	resident INTEGER NOT NULL UNIQUE REFERENCES resident (id),
	cap_week INTEGER CHECK (cap_week >= 0),
	cap_month INTEGER CHECK (cap_month >= 0),
	rest_minutes INTEGER CHECK (rest_minutes >= 0),
	days_in_row INTEGER CHECK (days_in_row > 0),
	exempt_until TEXT, -- ill, on leave …: the last day of it
	partner INTEGER REFERENCES resident (id), -- likes to serve with
	since_on TEXT NOT NULL,
	ended_on TEXT
) STRICT;

CREATE TABLE volunteer_private (
	id INTEGER PRIMARY KEY REFERENCES volunteer (id),
	number TEXT -- of i志愿, if given
) STRICT;

CREATE TABLE volunteer_role (
	id INTEGER PRIMARY KEY,
	volunteer INTEGER NOT NULL REFERENCES volunteer (id),
	role INTEGER NOT NULL REFERENCES duty_role (id),
	until_on TEXT, -- the last day it holds; NULL: for good
	UNIQUE (volunteer, role)
) STRICT;

-- When somebody can and would like to serve. Weekly (weekday) or dated (from_on … until_on); no
-- minutes: the whole day. free: only then. away: never then. like, dislike: a wish.
CREATE TABLE volunteer_time (
	id INTEGER PRIMARY KEY,
	volunteer INTEGER NOT NULL REFERENCES volunteer (id),
	stance TEXT NOT NULL CHECK (stance IN ('free', 'away', 'like', 'dislike')),
	weekday INTEGER CHECK (weekday BETWEEN 1 AND 7),
	from_on TEXT,
	until_on TEXT,
	starts INTEGER NOT NULL CHECK (starts BETWEEN 0 AND 1439),
	ends INTEGER NOT NULL CHECK (ends > starts AND ends <= 2880),
	CHECK ((weekday IS NULL) <> (from_on IS NULL)),
	CHECK ((from_on IS NULL) = (until_on IS NULL)),
	CHECK (until_on >= from_on)
) STRICT;
CREATE INDEX volunteer_time_volunteer ON volunteer_time (volunteer);

-- People who serve together.
CREATE TABLE duty_team (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE duty_team_member (
	id INTEGER PRIMARY KEY,
	team INTEGER NOT NULL REFERENCES duty_team (id),
	resident INTEGER NOT NULL REFERENCES resident (id),
	UNIQUE (team, resident)
) STRICT;

-- Who serves in a shift, and what became of it. Rows stay for ever: whoever stands in has a row of
-- their own, and a person may be put on the same shift again. Whether somebody is still expected or
-- present follows from in_at and `gone`.
CREATE TABLE assignment (
	id INTEGER PRIMARY KEY,
	shift INTEGER NOT NULL REFERENCES shift (id),
	resident INTEGER NOT NULL REFERENCES resident (id),
	is_leader INTEGER NOT NULL DEFAULT 0 CHECK (is_leader IN (0, 1)),
	in_at INTEGER, -- attendance
	out_at INTEGER CHECK (out_at >= in_at),
	added_at INTEGER NOT NULL DEFAULT 0,
	confirmed_at INTEGER, -- "I shall come"
	is_locked INTEGER NOT NULL DEFAULT 0 CHECK (is_locked IN (0, 1)), -- new plans leave it
	stands_for INTEGER REFERENCES assignment (id), -- 顶班: whose place it was
	asked_at INTEGER, -- a stand-in is looked for
	gone TEXT CHECK (gone IN ('excused', 'missed', 'cancelled', 'replaced')),
	gone_at INTEGER,
	-- Nobody signed out: the clock did; the times were written down by staff.
	is_forgotten INTEGER NOT NULL DEFAULT 0 CHECK (is_forgotten IN (0, 1)),
	is_manual INTEGER NOT NULL DEFAULT 0 CHECK (is_manual IN (0, 1)),
	CHECK ((gone IS NULL) = (gone_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX assignment_once ON assignment (shift, resident)
	WHERE gone IS NULL OR gone = 'missed';
CREATE UNIQUE INDEX assignment_one_leader ON assignment (shift)
	WHERE is_leader = 1 AND gone IS NULL;
CREATE INDEX assignment_shift ON assignment (shift, id);
CREATE INDEX assignment_resident ON assignment (resident);

-- A week's roster. Version 0 is a draft; is_amended: changed since it was published.
CREATE TABLE roster (
	id INTEGER PRIMARY KEY,
	week_on TEXT NOT NULL UNIQUE, -- its Monday
	version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),
	is_amended INTEGER NOT NULL DEFAULT 0 CHECK (is_amended IN (0, 1))
) STRICT;

-- When each version was put on the wall.
CREATE TABLE roster_version (
	id INTEGER PRIMARY KEY,
	roster INTEGER NOT NULL REFERENCES roster (id),
	version INTEGER NOT NULL CHECK (version > 0),
	published_at INTEGER NOT NULL,
	UNIQUE (roster, version)
) STRICT;
