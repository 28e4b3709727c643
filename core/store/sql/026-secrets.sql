-- Codes that act without a card (a booking's, a voucher's): 64 random bits each, of which only the
-- hash is kept. A thing has one that works.

INSERT INTO table_class VALUES ('secret', 'domain');

CREATE TABLE secret (
	id INTEGER PRIMARY KEY,
	kind TEXT NOT NULL CHECK (kind IN ('booking', 'voucher')),
	subject INTEGER NOT NULL,
	hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64), -- BLAKE2b-256, hexadecimal
	issued_at INTEGER NOT NULL,
	UNIQUE (kind, subject)
) STRICT;

-- A voucher's number used to be its code. It opens nothing any more, and new ones have none.
CREATE TABLE voucher_wider (
	id INTEGER PRIMARY KEY,
	redemption INTEGER NOT NULL UNIQUE REFERENCES redemption (id),
	code INTEGER UNIQUE CHECK (code BETWEEN 1 AND 9007199254740991),
	expires_at INTEGER NOT NULL,
	used_at INTEGER
) STRICT;
INSERT INTO voucher_wider (id, redemption, code, expires_at, used_at)
	SELECT id, redemption, code, expires_at, used_at FROM voucher;
DROP TABLE voucher;
ALTER TABLE voucher_wider RENAME TO voucher;
CREATE TRIGGER voucher_once BEFORE UPDATE OF used_at ON voucher WHEN OLD.used_at IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'a voucher is used once');
END;
