-- Rooms: what each may be used for and when, who has booked it, and who used it.

INSERT INTO table_class VALUES
	('venue', 'domain'), ('venue_opening', 'domain'), ('venue_exception', 'domain'),
	('blackout', 'domain'), ('venue_thing', 'domain'), ('booking_series', 'domain'),
	('booking', 'domain'), ('booking_private', 'private'), ('session', 'domain'),
	('handover', 'domain');

-- A room and its policy. Times in minutes; 0 where there is no limit.
CREATE TABLE venue (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 999999999),
	name TEXT NOT NULL UNIQUE,
	capacity INTEGER NOT NULL CHECK (capacity > 0), -- people
	is_bookable INTEGER NOT NULL DEFAULT 1 CHECK (is_bookable IN (0, 1)),
	-- Several parties at once, up to the capacity; otherwise a booking has the whole room.
	is_shared INTEGER NOT NULL DEFAULT 0 CHECK (is_shared IN (0, 1)),
	needs_approval INTEGER NOT NULL DEFAULT 0 CHECK (needs_approval IN (0, 1)),
	has_own_hours INTEGER NOT NULL DEFAULT 0 CHECK (has_own_hours IN (0, 1)), -- venue_opening
	-- On holidays: open as on other days, closed, or as on a Sunday.
	holidays TEXT NOT NULL DEFAULT 'same' CHECK (holidays IN ('same', 'closed', 'sunday')),
	-- Fixed slots of that length from each opening; 0: any time.
	slot_minutes INTEGER NOT NULL DEFAULT 0 CHECK (slot_minutes BETWEEN 0 AND 1440),
	min_minutes INTEGER NOT NULL DEFAULT 30 CHECK (min_minutes BETWEEN 1 AND 2880),
	max_minutes INTEGER NOT NULL DEFAULT 240 CHECK (max_minutes BETWEEN min_minutes AND 2880),
	notice_minutes INTEGER NOT NULL DEFAULT 0 CHECK (notice_minutes BETWEEN 0 AND 43200),
	ahead_days INTEGER NOT NULL DEFAULT 30 CHECK (ahead_days BETWEEN 1 AND 366),
	-- To tidy up after a booking.
	buffer_minutes INTEGER NOT NULL DEFAULT 0 CHECK (buffer_minutes BETWEEN 0 AND 1440),
	-- Nobody signed in so long after the start: the booking is released.
	window_minutes INTEGER NOT NULL DEFAULT 15 CHECK (window_minutes BETWEEN 1 AND 1440),
	week_hours INTEGER NOT NULL DEFAULT 0 CHECK (week_hours BETWEEN 0 AND 168), -- a resident
	month_hours INTEGER NOT NULL DEFAULT 0 CHECK (month_hours BETWEEN 0 AND 744),
	fee INTEGER NOT NULL DEFAULT 0 CHECK (fee BETWEEN 0 AND 1000000), -- points
	deposit INTEGER NOT NULL DEFAULT 0 CHECK (deposit BETWEEN 0 AND 1000000), -- points
	partner TEXT NOT NULL DEFAULT '', -- the organisation that runs it
	-- Of what it takes in, given back by the partner.
	share_percent INTEGER NOT NULL DEFAULT 0 CHECK (share_percent BETWEEN 0 AND 100)
) STRICT;

-- As opening and closure (site.sql) are for the whole house.
CREATE TABLE venue_opening (
	id INTEGER PRIMARY KEY,
	venue INTEGER NOT NULL REFERENCES venue (id),
	weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	opens INTEGER NOT NULL CHECK (opens BETWEEN 0 AND 1439),
	closes INTEGER NOT NULL CHECK (closes > opens AND closes <= 2880),
	UNIQUE (venue, weekday, opens)
) STRICT;

CREATE TABLE venue_exception (
	id INTEGER PRIMARY KEY,
	venue INTEGER NOT NULL REFERENCES venue (id),
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL CHECK (until_on >= from_on),
	opens INTEGER CHECK (opens BETWEEN 0 AND 1439),
	closes INTEGER CHECK (closes > opens AND closes <= 2880),
	name TEXT NOT NULL, -- shown to the public
	CHECK ((opens IS NULL) = (closes IS NULL))
) STRICT;
CREATE INDEX venue_exception_until ON venue_exception (venue, until_on);

-- 停用时段: nobody may book then.
CREATE TABLE blackout (
	id INTEGER PRIMARY KEY,
	venue INTEGER NOT NULL REFERENCES venue (id),
	start_at INTEGER NOT NULL,
	end_at INTEGER NOT NULL CHECK (end_at > start_at),
	name TEXT NOT NULL -- why; shown to the public
) STRICT;
CREATE INDEX blackout_end ON blackout (venue, end_at);

-- What comes with a room; keys and remotes are handed over and back.
CREATE TABLE venue_thing (
	id INTEGER PRIMARY KEY,
	venue INTEGER NOT NULL REFERENCES venue (id),
	name TEXT NOT NULL,
	is_handed INTEGER NOT NULL CHECK (is_handed IN (0, 1)),
	removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX venue_thing_name ON venue_thing (venue, name) WHERE removed_at IS NULL;

-- The same booking every so many days.
CREATE TABLE booking_series (
	id INTEGER PRIMARY KEY,
	venue INTEGER NOT NULL REFERENCES venue (id),
	resident INTEGER REFERENCES resident (id),
	every_days INTEGER NOT NULL CHECK (every_days BETWEEN 1 AND 366),
	occurrences INTEGER NOT NULL CHECK (occurrences BETWEEN 1 AND 60), -- asked for
	made_at INTEGER NOT NULL
) STRICT;

-- A party's claim on a room, from the request to its end.
CREATE TABLE booking (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE CHECK (number > 0),
	venue INTEGER NOT NULL REFERENCES venue (id),
	resident INTEGER REFERENCES resident (id), -- NULL: a body
	series INTEGER REFERENCES booking_series (id),
	status TEXT NOT NULL CHECK (status IN ('requested', 'booked', 'used', 'waiting',
		'declined', 'cancelled', 'no_show', 'lapsed')),
	start_at INTEGER NOT NULL,
	end_at INTEGER NOT NULL CHECK (end_at > start_at AND end_at <= start_at + 172800),
	-- The room is taken until then: the end and the time to tidy up; less when they left early.
	until_at INTEGER NOT NULL CHECK (until_at >= start_at AND until_at <= end_at + 86400),
	-- Nobody signed in: it is released then.
	release_at INTEGER NOT NULL CHECK (release_at > start_at),
	people INTEGER NOT NULL CHECK (people > 0),
	is_whole INTEGER NOT NULL CHECK (is_whole IN (0, 1)), -- nobody else at the same time
	is_override INTEGER NOT NULL DEFAULT 0 CHECK (is_override IN (0, 1)),
	fee INTEGER NOT NULL DEFAULT 0 CHECK (fee >= 0),
	deposit INTEGER NOT NULL DEFAULT 0 CHECK (deposit >= 0),
	placed_at INTEGER NOT NULL,
	ended_at INTEGER, -- declined, cancelled, released, lapsed
	CHECK ((status IN ('requested', 'booked', 'used', 'waiting')) = (ended_at IS NULL))
) STRICT;
CREATE INDEX booking_live
	ON booking (venue, start_at, until_at, people, is_whole, status, release_at)
	WHERE status IN ('requested', 'booked', 'used');
CREATE INDEX booking_venue ON booking (venue, start_at);
CREATE INDEX booking_start ON booking (start_at);
CREATE INDEX booking_resident ON booking (resident, start_at) WHERE resident IS NOT NULL;
CREATE INDEX booking_series_of ON booking (series, start_at) WHERE series IS NOT NULL;
CREATE INDEX booking_waiting ON booking (venue, id) WHERE status = 'waiting';
CREATE INDEX booking_open ON booking (venue, release_at) WHERE status IN ('requested', 'booked');

CREATE TABLE booking_private (
	id INTEGER PRIMARY KEY REFERENCES booking (id),
	body TEXT,   -- the party that booked, when it is no resident
	purpose TEXT -- what for, as the board shows it
) STRICT;

-- Two parties never have one room at once, nor more people a shared one than fit: whoever writes
-- the row. No booking lasts longer than three days with its buffer, so the index finds all that can
-- touch it. The most people are in at its start or when another one begins.
CREATE TRIGGER booking_apart_insert BEFORE INSERT ON booking
WHEN NEW.status IN ('requested', 'booked', 'used') AND NEW.until_at > NEW.start_at
BEGIN
	SELECT RAISE(ABORT, 'booking: the venue is taken then') FROM booking AS other
	WHERE other.venue = NEW.venue AND other.status IN ('requested', 'booked', 'used')
		AND other.start_at > NEW.start_at - 259200 AND other.start_at < NEW.until_at
		AND other.until_at > NEW.start_at AND other.until_at > other.start_at
		AND other.id <> NEW.id AND (NEW.is_whole = 1 OR other.is_whole = 1);
	SELECT RAISE(ABORT, 'booking: the venue is full then') FROM (
		SELECT NEW.start_at AS at UNION ALL
		SELECT other.start_at FROM booking AS other
		WHERE other.venue = NEW.venue AND other.status IN ('requested', 'booked', 'used')
			AND other.start_at > NEW.start_at AND other.start_at < NEW.until_at
	) AS moment
	WHERE NEW.people + (SELECT ifnull(sum(other.people), 0) FROM booking AS other
		WHERE other.venue = NEW.venue AND other.status IN ('requested', 'booked', 'used')
			AND other.start_at > moment.at - 259200 AND other.start_at <= moment.at
			AND other.until_at > moment.at AND other.id <> NEW.id)
		> (SELECT capacity FROM venue WHERE id = NEW.venue);
END;
CREATE TRIGGER booking_apart_update BEFORE UPDATE ON booking
WHEN NEW.status IN ('requested', 'booked', 'used') AND NEW.until_at > NEW.start_at
	AND (OLD.status NOT IN ('requested', 'booked', 'used') OR OLD.venue <> NEW.venue
		OR OLD.start_at > NEW.start_at OR OLD.until_at < NEW.until_at
		OR OLD.people < NEW.people OR OLD.is_whole < NEW.is_whole)
BEGIN
	SELECT RAISE(ABORT, 'booking: the venue is taken then') FROM booking AS other
	WHERE other.venue = NEW.venue AND other.status IN ('requested', 'booked', 'used')
		AND other.start_at > NEW.start_at - 259200 AND other.start_at < NEW.until_at
		AND other.until_at > NEW.start_at AND other.until_at > other.start_at
		AND other.id <> NEW.id AND (NEW.is_whole = 1 OR other.is_whole = 1);
	SELECT RAISE(ABORT, 'booking: the venue is full then') FROM (
		SELECT NEW.start_at AS at UNION ALL
		SELECT other.start_at FROM booking AS other
		WHERE other.venue = NEW.venue AND other.status IN ('requested', 'booked', 'used')
			AND other.start_at > NEW.start_at AND other.start_at < NEW.until_at
	) AS moment
	WHERE NEW.people + (SELECT ifnull(sum(other.people), 0) FROM booking AS other
		WHERE other.venue = NEW.venue AND other.status IN ('requested', 'booked', 'used')
			AND other.start_at > moment.at - 259200 AND other.start_at <= moment.at
			AND other.until_at > moment.at AND other.id <> NEW.id)
		> (SELECT capacity FROM venue WHERE id = NEW.venue);
END;

-- Who is in a room and when: of a booking or walked in, with or without a card, several people at
-- once. A resident and a booking have one session at a time.
CREATE TABLE session (
	id INTEGER PRIMARY KEY,
	venue INTEGER NOT NULL REFERENCES venue (id),
	resident INTEGER REFERENCES resident (id), -- NULL: somebody without a card
	booking INTEGER REFERENCES booking (id),   -- NULL: walked in
	people INTEGER NOT NULL DEFAULT 1 CHECK (people > 0),
	in_at INTEGER NOT NULL,
	out_at INTEGER CHECK (out_at >= in_at),
	-- Nobody signed out: closing time ended it.
	is_estimated INTEGER NOT NULL DEFAULT 0 CHECK (is_estimated IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX session_one_open ON session (resident) WHERE out_at IS NULL;
CREATE UNIQUE INDEX session_one_booking ON session (booking) WHERE out_at IS NULL;
CREATE INDEX session_open_venue ON session (venue, in_at) WHERE out_at IS NULL;
CREATE INDEX session_venue ON session (venue, in_at);
CREATE INDEX session_in ON session (in_at);

-- Keys and remotes out and back. One thing is in one hand.
CREATE TABLE handover (
	id INTEGER PRIMARY KEY,
	thing INTEGER NOT NULL REFERENCES venue_thing (id),
	resident INTEGER REFERENCES resident (id),
	booking INTEGER REFERENCES booking (id),
	out_at INTEGER NOT NULL,
	back_at INTEGER CHECK (back_at >= out_at),
	CHECK (resident IS NOT NULL OR booking IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX handover_one_out ON handover (thing) WHERE back_at IS NULL;
CREATE INDEX handover_booking ON handover (booking, id) WHERE booking IS NOT NULL;
