-- Points: double entry in integers. The balance column is kept in the same transaction as the
-- entries and can be proved by summing them.

INSERT INTO table_class VALUES
	('account', 'domain'), ('transfer', 'domain'), ('entry', 'domain');

CREATE TABLE account (
	id INTEGER PRIMARY KEY,
	resident INTEGER UNIQUE REFERENCES resident (id),
	system TEXT UNIQUE, -- issue, redeemed, pool, frozen, expired, adjust, merchant
	floor INTEGER NOT NULL DEFAULT 0, -- the balance may not fall below; system accounts: no floor
	balance INTEGER NOT NULL DEFAULT 0,
	CHECK ((resident IS NULL) <> (system IS NULL)),
	CHECK (system IS NOT NULL OR balance >= floor)
) STRICT;

CREATE TABLE transfer (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL, -- opening, earn, spend, gift, reversal …
	reverses INTEGER UNIQUE REFERENCES transfer (id)
) STRICT;

CREATE TABLE entry (
	id INTEGER PRIMARY KEY,
	transfer INTEGER NOT NULL REFERENCES transfer (id),
	account INTEGER NOT NULL REFERENCES account (id),
	amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
CREATE INDEX entry_transfer ON entry (transfer);
CREATE INDEX entry_account ON entry (account, id);
