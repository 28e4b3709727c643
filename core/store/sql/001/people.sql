-- People and groups of people. Domain rows hold ids and states; names, phones and addresses live in
-- *_private tables that erasure empties.

INSERT INTO table_class VALUES
	('resident_category', 'domain'), ('household', 'domain'),
	('household_private', 'private'), ('resident', 'domain'),
	('resident_private', 'private'), ('card', 'domain'), ('staff', 'domain'),
	('staff_private', 'private'), ('lockout', 'state'), ('message', 'domain'),
	('message_private', 'private'), ('body', 'domain');

-- 居民, 志愿者, 团体 …: one half of the rule lookup.
CREATE TABLE resident_category (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL
) STRICT;

-- A flat and those who live in it.
CREATE TABLE household (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE
) STRICT;

CREATE TABLE household_private (
	id INTEGER PRIMARY KEY REFERENCES household (id),
	building TEXT, -- 3栋
	room TEXT,     -- 502
	place TEXT,    -- "3-502": both as they are compared (household_place)
	room_key TEXT  -- "502": the room alone
) STRICT;
CREATE INDEX household_place ON household_private (place);
CREATE INDEX household_room ON household_private (room_key);

-- A person who has agreed to be registered.
CREATE TABLE resident (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 999999999), -- on the card
	household INTEGER REFERENCES household (id),
	category INTEGER NOT NULL REFERENCES resident_category (id),
	guardian INTEGER REFERENCES resident (id), -- of a child
	-- How public lists name them: 0 in full, 1 by alias, 2 masked.
	wall_name INTEGER NOT NULL DEFAULT 0 CHECK (wall_name BETWEEN 0 AND 2),
	consent_version TEXT NOT NULL, -- of the notice that was read out and agreed to
	consent_at INTEGER NOT NULL,
	joined_on TEXT NOT NULL,
	left_on TEXT
) STRICT;
CREATE INDEX resident_household ON resident (household) WHERE household IS NOT NULL;

CREATE TABLE resident_private (
	id INTEGER PRIMARY KEY REFERENCES resident (id),
	name TEXT,
	alias TEXT,      -- 祯叔
	pinyin TEXT,     -- "zhangsan"
	initials TEXT,   -- "zs"
	phone TEXT,
	phone_tail TEXT, -- the last four digits
	note TEXT
) STRICT;
CREATE INDEX resident_name ON resident_private (name);
CREATE INDEX resident_alias ON resident_private (alias);
CREATE INDEX resident_pinyin ON resident_private (pinyin);
CREATE INDEX resident_initials ON resident_private (initials);
CREATE INDEX resident_phone_tail ON resident_private (phone_tail);

-- Cards: the paper carries a random token, this its hash. A resident has one live card.
CREATE TABLE card (
	id INTEGER PRIMARY KEY,
	resident INTEGER NOT NULL REFERENCES resident (id),
	token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64), -- BLAKE2b-256, hex
	issued_at INTEGER NOT NULL,
	revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX card_one_live ON card (resident) WHERE revoked_at IS NULL;

-- Members of staff, from volunteers to administrators, and accounts for scripts.
CREATE TABLE staff (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE, -- what --as takes: lower-case letters and digits
	resident INTEGER REFERENCES resident (id), -- whose card opens volunteer mode
	role INTEGER NOT NULL CHECK (role BETWEEN 2 AND 4), -- core/store/kind.h
	-- An account for cron: has a token instead of a PIN, and no lockout.
	is_service INTEGER NOT NULL DEFAULT 0 CHECK (is_service IN (0, 1)),
	added_at INTEGER NOT NULL,
	left_at INTEGER
) STRICT;
CREATE UNIQUE INDEX staff_resident ON staff (resident)
	WHERE resident IS NOT NULL AND left_at IS NULL;

CREATE TABLE staff_private (
	id INTEGER PRIMARY KEY REFERENCES staff (id),
	name TEXT,
	pin_hash TEXT -- argon2id over the peppered PIN; of a service account BLAKE2b of its token
) STRICT;

-- Wrong PINs.
CREATE TABLE lockout (
	staff INTEGER PRIMARY KEY REFERENCES staff (id),
	failures INTEGER NOT NULL, -- in a row
	rounds INTEGER NOT NULL, -- how often it has locked: 15 min, 30, 60 …
	until_at INTEGER NOT NULL
) STRICT;

-- What the counter tells a resident at the next visit. With a kind, the words are found when it is
-- read, in the reader's language; without one they are somebody's own, in message_private.
CREATE TABLE message (
	id INTEGER PRIMARY KEY,
	resident INTEGER NOT NULL REFERENCES resident (id),
	written_at INTEGER NOT NULL,
	read_at INTEGER,
	kind TEXT CHECK (kind IN ('booking_served', 'booking_approved', 'booking_declined',
		'booking_called_off', 'booking_settled', 'shift_called_off', 'shift_swapped',
		'points_expire')),
	about TEXT,         -- the venue's or shift's name, as it was
	start_at INTEGER,   -- of the booking or shift; the day on which points expire
	end_at INTEGER,
	points INTEGER,     -- taken, or about to expire
	points_back INTEGER -- given back
) STRICT;
CREATE INDEX message_unread ON message (resident) WHERE read_at IS NULL;

-- A resident is told once of what expires on a day, however often the night comes by.
CREATE UNIQUE INDEX message_expiry ON message (resident, start_at) WHERE kind = 'points_expire';

CREATE TABLE message_private (
	id INTEGER PRIMARY KEY REFERENCES message (id),
	words TEXT
) STRICT;

-- Teams, party branches, organisations, merchants: what holds points and is no person. Their names
-- are public.
CREATE TABLE body (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	kind TEXT NOT NULL CHECK (kind IN ('team', 'party_branch', 'organisation', 'merchant')),
	name TEXT NOT NULL UNIQUE,
	ended_at INTEGER
) STRICT;
