-- Blank slips of the power-cut pack: what happens while there is no power is written on them by
-- hand and entered from them afterwards, each slip once. Their codes act without a card, so they
-- are kept as those in `secret` are.

INSERT INTO table_class VALUES ('blank', 'domain'), ('blank_entry', 'domain');

CREATE TABLE blank (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE CHECK (number > 0), -- printed on it
	use TEXT NOT NULL CHECK (use IN ('lend', 'return', 'room')),
	hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64), -- BLAKE2b-256, hexadecimal
	issued_at INTEGER NOT NULL,
	entered_at INTEGER -- NULL: nothing has been entered from it
) STRICT;
CREATE INDEX blank_issued ON blank (issued_at);
CREATE TRIGGER blank_once BEFORE UPDATE OF entered_at ON blank WHEN OLD.entered_at IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'a slip is entered once');
END;

-- What was entered from it, in the order in which it is written there.
CREATE TABLE blank_entry (
	id INTEGER PRIMARY KEY,
	blank INTEGER NOT NULL REFERENCES blank (id),
	loan INTEGER REFERENCES loan (id), -- lent or returned, as the slip's use says
	session INTEGER REFERENCES session (id),
	CHECK ((loan IS NULL) <> (session IS NULL))
) STRICT;
CREATE INDEX blank_entry_blank ON blank_entry (blank);
