-- Codes that act without a card (a booking's, a voucher's): 64 random bits each, of which only the
-- hash is kept. A thing has one that works.

INSERT INTO table_class VALUES ('secret', 'domain');

CREATE TABLE secret (
	id INTEGER PRIMARY KEY,
	booking INTEGER UNIQUE REFERENCES booking (id),
	redemption INTEGER UNIQUE REFERENCES redemption (id), -- whose voucher it is
	hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64), -- BLAKE2b-256, hexadecimal
	issued_at INTEGER NOT NULL,
	CHECK ((booking IS NULL) <> (redemption IS NULL))
) STRICT;

-- A voucher's number was its code until now. It opens nothing any more.
ALTER TABLE voucher RENAME TO voucher_numbered;
CREATE TABLE voucher (
	id INTEGER PRIMARY KEY,
	redemption INTEGER NOT NULL UNIQUE REFERENCES redemption (id),
	expires_at INTEGER NOT NULL,
	used_at INTEGER
) STRICT;
INSERT INTO voucher (id, redemption, expires_at, used_at)
	SELECT id, redemption, expires_at, used_at FROM voucher_numbered;
DROP TABLE voucher_numbered;
CREATE TRIGGER voucher_once BEFORE UPDATE OF used_at ON voucher WHEN OLD.used_at IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'a voucher is used once');
END;
