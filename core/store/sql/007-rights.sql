-- Who may do what, and how they prove it; what binds private rows to the journal.

INSERT INTO table_class VALUES ('staff_card', 'domain');

-- Tables are made anew here rather than altered, which costs a sixth: ALTER reads the whole schema each
-- time, and every new database and every replay runs this.

CREATE TABLE kept AS SELECT * FROM staff;
DROP TABLE staff;
CREATE TABLE staff (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE, -- what --as takes: lower-case letters and digits
	resident INTEGER REFERENCES resident (id), -- whose card opens volunteer mode
	role INTEGER NOT NULL CHECK (role BETWEEN 2 AND 4), -- core/store/role.h
	-- An account for cron: has a token instead of a PIN, no lockout, and a role of its own (the column
	-- says nothing then).
	is_service INTEGER NOT NULL DEFAULT 0 CHECK (is_service IN (0, 1)),
	added_at INTEGER NOT NULL,
	left_at INTEGER,
	-- Since when the PIN or token is bound to its owner, whose id goes into what is hashed, so that a
	-- hash copied to somebody else opens nothing. NULL: set before that; it opens once more and is
	-- bound then.
	pin_bound_at INTEGER
) STRICT;
CREATE UNIQUE INDEX staff_resident ON staff (resident)
	WHERE resident IS NOT NULL AND left_at IS NULL;
INSERT INTO staff SELECT *, NULL FROM kept;
DROP TABLE kept;

-- Cards of staff who are no residents; the others have their share card. The paper carries a random
-- token, this its hash.
CREATE TABLE staff_card (
	id INTEGER PRIMARY KEY,
	staff INTEGER NOT NULL REFERENCES staff (id),
	token_hash TEXT NOT NULL UNIQUE CHECK (length(token_hash) = 64), -- BLAKE2b-256, hex
	issued_at INTEGER NOT NULL,
	revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX staff_card_one_live ON staff_card (staff) WHERE revoked_at IS NULL;

-- Wrong PINs, by where they were typed: tries with somebody's card at the counter lock that card,
-- tries at the shell lock the shell. Neither shuts the other way in.
CREATE TABLE kept AS SELECT * FROM lockout;
DROP TABLE lockout;
CREATE TABLE lockout (
	staff INTEGER NOT NULL REFERENCES staff (id),
	door TEXT NOT NULL CHECK (door IN ('card', 'shell')),
	failures INTEGER NOT NULL, -- in a row
	rounds INTEGER NOT NULL, -- how often it has locked: 15 min, 30, 60 …
	until_at INTEGER NOT NULL,
	PRIMARY KEY (staff, door)
) STRICT, WITHOUT ROWID;
INSERT INTO lockout SELECT staff, 'card', failures, rounds, until_at FROM kept;
DROP TABLE kept;

-- Each private row that is written gets a random salt; the act's journal row holds the row's hash
-- under it (core/store/binding.h). With the row erased the salt is gone, and what the journal holds
-- tells nothing. A row of before has neither. Every private table has this column.
ALTER TABLE resident_private ADD COLUMN salt BLOB;
CREATE TABLE kept AS SELECT * FROM household_private;
DROP TABLE household_private;
CREATE TABLE household_private (
	id INTEGER PRIMARY KEY REFERENCES household (id),
	building TEXT, -- 3栋
	room TEXT,     -- 502
	place TEXT,    -- "3-502": both as they are compared (household_place)
	room_key TEXT, -- "502": the room alone
	salt BLOB
) STRICT;
CREATE INDEX household_place ON household_private (place);
CREATE INDEX household_room ON household_private (room_key);
INSERT INTO household_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM staff_private;
DROP TABLE staff_private;
CREATE TABLE staff_private (
	id INTEGER PRIMARY KEY REFERENCES staff (id),
	name TEXT,
	pin_hash TEXT, -- argon2id over the peppered PIN and id; of a service account BLAKE2b of its token
	salt BLOB
) STRICT;
INSERT INTO staff_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM booking_private;
DROP TABLE booking_private;
CREATE TABLE booking_private (
	id INTEGER PRIMARY KEY REFERENCES booking (id),
	body TEXT,    -- the party that booked, when it is no resident
	purpose TEXT, -- what for, as the board shows it
	salt BLOB
) STRICT;
INSERT INTO booking_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM journal_why;
DROP TABLE journal_why;
CREATE TABLE journal_why (
	id INTEGER PRIMARY KEY, -- journal.seq
	why TEXT,
	salt BLOB
) STRICT;
INSERT INTO journal_why SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM message_private;
DROP TABLE message_private;
CREATE TABLE message_private (
	id INTEGER PRIMARY KEY REFERENCES message (id),
	words TEXT,
	salt BLOB
) STRICT;
INSERT INTO message_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM ticket_private;
DROP TABLE ticket_private;
CREATE TABLE ticket_private (
	id INTEGER PRIMARY KEY REFERENCES ticket (id),
	words TEXT, -- what is wrong
	done TEXT,  -- what was done
	salt BLOB
) STRICT;
INSERT INTO ticket_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM donation_private;
DROP TABLE donation_private;
CREATE TABLE donation_private (
	id INTEGER PRIMARY KEY REFERENCES donation (id),
	name TEXT, -- of a donor who is no resident
	alias TEXT,
	salt BLOB
) STRICT;
INSERT INTO donation_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM giveaway_private;
DROP TABLE giveaway_private;
CREATE TABLE giveaway_private (
	id INTEGER PRIMARY KEY REFERENCES giveaway (id),
	name TEXT, -- of the body
	salt BLOB
) STRICT;
INSERT INTO giveaway_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM certificate_private;
DROP TABLE certificate_private;
CREATE TABLE certificate_private (
	id INTEGER PRIMARY KEY REFERENCES certificate (id),
	name TEXT, -- as the person wished it to stand there
	salt BLOB
) STRICT;
INSERT INTO certificate_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM use_right_private;
DROP TABLE use_right_private;
CREATE TABLE use_right_private (
	id INTEGER PRIMARY KEY REFERENCES use_right (id),
	what TEXT,        -- 3 号菜地
	duty TEXT,        -- 每周打理花园一次
	consequence TEXT, -- 两次未做到，菜地转给下一户
	salt BLOB
) STRICT;
INSERT INTO use_right_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM use_check_private;
DROP TABLE use_check_private;
CREATE TABLE use_check_private (
	id INTEGER PRIMARY KEY REFERENCES use_check (id),
	note TEXT,
	salt BLOB
) STRICT;
INSERT INTO use_check_private SELECT *, NULL FROM kept;
DROP TABLE kept;
CREATE TABLE kept AS SELECT * FROM volunteer_private;
DROP TABLE volunteer_private;
CREATE TABLE volunteer_private (
	id INTEGER PRIMARY KEY REFERENCES volunteer (id),
	number TEXT, -- of i志愿, if given
	salt BLOB
) STRICT;
INSERT INTO volunteer_private SELECT *, NULL FROM kept;
DROP TABLE kept;
