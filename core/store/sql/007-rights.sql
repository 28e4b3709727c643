-- Who may do what, and how they prove it; what binds private rows to the journal.

INSERT INTO table_class VALUES ('staff_card', 'domain');

-- Since when a PIN or token is bound to its owner, whose id goes into what is hashed, so that a hash
-- copied to somebody else opens nothing. NULL: set before that; it opens once more and is bound then.
ALTER TABLE staff ADD COLUMN pin_bound_at INTEGER;

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
ALTER TABLE lockout RENAME TO lockout_anywhere;
CREATE TABLE lockout (
	staff INTEGER NOT NULL REFERENCES staff (id),
	door TEXT NOT NULL CHECK (door IN ('card', 'shell')),
	failures INTEGER NOT NULL, -- in a row
	rounds INTEGER NOT NULL, -- how often it has locked: 15 min, 30, 60 …
	until_at INTEGER NOT NULL,
	PRIMARY KEY (staff, door)
) STRICT, WITHOUT ROWID;
INSERT INTO lockout SELECT staff, 'card', failures, rounds, until_at FROM lockout_anywhere;
DROP TABLE lockout_anywhere;

-- Each private row that is written gets a random salt; the act's journal row holds the row's hash
-- under it (core/store/binding.h). With the row erased the salt is gone, and what the journal holds
-- tells nothing. A row of before has neither. Every private table has this column.
ALTER TABLE journal_why ADD COLUMN salt BLOB;
ALTER TABLE household_private ADD COLUMN salt BLOB;
ALTER TABLE resident_private ADD COLUMN salt BLOB;
ALTER TABLE staff_private ADD COLUMN salt BLOB;
ALTER TABLE message_private ADD COLUMN salt BLOB;
ALTER TABLE ticket_private ADD COLUMN salt BLOB;
ALTER TABLE donation_private ADD COLUMN salt BLOB;
ALTER TABLE giveaway_private ADD COLUMN salt BLOB;
ALTER TABLE certificate_private ADD COLUMN salt BLOB;
ALTER TABLE use_right_private ADD COLUMN salt BLOB;
ALTER TABLE use_check_private ADD COLUMN salt BLOB;
ALTER TABLE volunteer_private ADD COLUMN salt BLOB;
ALTER TABLE booking_private ADD COLUMN salt BLOB;
