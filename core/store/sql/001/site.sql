-- The venue itself: who it is, when it is open.

INSERT INTO table_class VALUES
	('site', 'domain'), ('setting', 'domain'), ('opening', 'domain'), ('closure', 'domain'),
	('holiday', 'domain');

-- The house's name and address, one row.
CREATE TABLE site (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	name TEXT NOT NULL,
	community TEXT NOT NULL DEFAULT '', -- 社区
	phone TEXT NOT NULL DEFAULT '',
	address TEXT NOT NULL DEFAULT '',
	motto TEXT NOT NULL DEFAULT '' -- one line of thanks or rule at the foot of a receipt
) STRICT;

-- Venue policy that is one number or word. Names and defaults: core/site/setting.c.
CREATE TABLE setting (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	value TEXT NOT NULL
) STRICT;

-- Weekly opening hours; a weekday without a row is closed. Minutes from local midnight; a period
-- that ends after 1440 runs into the next day.
CREATE TABLE opening (
	id INTEGER PRIMARY KEY,
	weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7), -- ISO, 1 Monday
	opens INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),
	closes INTEGER NOT NULL CHECK (closes > opens AND closes <= 2880),
	UNIQUE (weekday, opens)
) STRICT;

-- Exceptions by date, first to last day inclusive. No hours: closed on those days. With hours: open
-- then instead of the weekly ones. is_emergency: closed without notice, pushes due times.
CREATE TABLE closure (
	id INTEGER PRIMARY KEY,
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL CHECK (until_on >= from_on),
	opens INTEGER CHECK (opens BETWEEN 0 AND 1439),
	closes INTEGER CHECK (closes > opens AND closes <= 2880),
	is_emergency INTEGER NOT NULL DEFAULT 0 CHECK (is_emergency IN (0, 1)),
	name TEXT NOT NULL, -- 国庆节; shown to the public
	CHECK ((opens IS NULL) = (closes IS NULL))
) STRICT;
CREATE INDEX closure_until ON closure (until_on);

-- The state's holidays and the working days that make up for them.
CREATE TABLE holiday (
	id INTEGER PRIMARY KEY,
	held_on TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('off', 'work')), -- free, or worked to make up for it
	name TEXT NOT NULL
) STRICT;
