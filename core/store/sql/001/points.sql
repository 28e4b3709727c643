-- Points: double entry in integers, and the schema itself proves the books.
--
-- What holds, whoever writes: an account begins at 0 and moves by its entries alone (last_entry
-- counts each once); a transfer's rest is the sum of its entries, and when the transaction commits
-- it is 0, because of a deferred key to a table that has that one row; entries and transfers are
-- never changed. So balances are sums and all of them together are 0.

INSERT INTO table_class VALUES
	('zero', 'store'), ('account', 'domain'), ('transfer', 'domain'), ('entry', 'domain'),
	('lot', 'domain'), ('lot_use', 'domain'), ('freeze', 'domain'), ('reversal', 'domain'),
	('kin', 'domain'), ('points_person', 'domain');

-- What a complete transfer's rest refers to.
CREATE TABLE zero (
	id INTEGER PRIMARY KEY CHECK (id = 0)
) STRICT;
INSERT INTO zero VALUES (0);

-- Points of a resident, a body or the system itself.
CREATE TABLE account (
	id INTEGER PRIMARY KEY,
	resident INTEGER UNIQUE REFERENCES resident (id),
	body INTEGER UNIQUE REFERENCES body (id),
	system TEXT UNIQUE CHECK (system IN
		('issue', 'redeemed', 'pool', 'frozen', 'expired', 'adjust', 'merchant')),
	floor INTEGER NOT NULL DEFAULT 0 CHECK (floor <= 0), -- of the balance; the system has none
	balance INTEGER NOT NULL DEFAULT 0,
	last_entry INTEGER, -- the latest that the balance counts
	CHECK ((resident IS NOT NULL) + (body IS NOT NULL) + (system IS NOT NULL) = 1),
	CHECK (system IS NOT NULL OR balance >= floor),
	CHECK (system IS NULL OR system NOT IN ('frozen', 'pool') OR balance >= 0)
) STRICT;

-- Points moved at one moment; its entries add up to 0.
CREATE TABLE transfer (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL, -- opening, earn, spend, gift, reversal …
	reverses INTEGER UNIQUE REFERENCES transfer (id),
	rest INTEGER NOT NULL DEFAULT 0 REFERENCES zero (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX transfer_at ON transfer (at);

-- One account's part in a transfer.
CREATE TABLE entry (
	id INTEGER PRIMARY KEY,
	transfer INTEGER NOT NULL REFERENCES transfer (id),
	account INTEGER NOT NULL REFERENCES account (id),
	amount INTEGER NOT NULL CHECK (amount <> 0)
) STRICT;
CREATE INDEX entry_transfer ON entry (transfer);

-- Covers a statement's lines: of 5,000,000 entries one account's lie together.
CREATE INDEX entry_account ON entry (account, id, transfer, amount);

CREATE TRIGGER account_begins BEFORE INSERT ON account
WHEN NEW.balance <> 0 OR NEW.last_entry IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'an account begins with nothing');
END;
CREATE TRIGGER account_keeps BEFORE UPDATE OF balance, last_entry ON account
WHEN (NEW.balance <> OLD.balance OR NEW.last_entry IS NOT OLD.last_entry)
	AND NOT EXISTS (SELECT 1 FROM entry WHERE id = NEW.last_entry AND account = OLD.id
		AND id > ifnull(OLD.last_entry, 0) AND amount = NEW.balance - OLD.balance)
BEGIN
	SELECT RAISE(ABORT, 'a balance moves by its entries alone');
END;
CREATE TRIGGER account_stays BEFORE DELETE ON account
BEGIN
	SELECT RAISE(ABORT, 'accounts are kept');
END;
CREATE TRIGGER transfer_begins BEFORE INSERT ON transfer WHEN NEW.rest <> 0
BEGIN
	SELECT RAISE(ABORT, 'a transfer begins with nothing');
END;
CREATE TRIGGER transfer_keeps BEFORE UPDATE ON transfer
WHEN NEW.id <> OLD.id OR NEW.at <> OLD.at OR NEW.kind <> OLD.kind
	OR NEW.reverses IS NOT OLD.reverses
	OR NEW.rest <> (SELECT ifnull(sum(amount), 0) FROM entry WHERE transfer = OLD.id)
BEGIN
	SELECT RAISE(ABORT, 'transfers are never changed');
END;
CREATE TRIGGER transfer_stays BEFORE DELETE ON transfer
BEGIN
	SELECT RAISE(ABORT, 'transfers are never deleted');
END;

-- Who gives stands before who gets, so a transfer's rest is 0 only when it is complete.
CREATE TRIGGER entry_joins BEFORE INSERT ON entry
WHEN (SELECT rest FROM transfer WHERE id = NEW.transfer) = 0
	AND EXISTS (SELECT 1 FROM entry WHERE transfer = NEW.transfer)
BEGIN
	SELECT RAISE(ABORT, 'this transfer is complete');
END;
CREATE TRIGGER entry_posts AFTER INSERT ON entry
BEGIN
	UPDATE account SET balance = balance + NEW.amount, last_entry = NEW.id
		WHERE id = NEW.account;
	UPDATE transfer SET rest = rest + NEW.amount WHERE id = NEW.transfer;
END;
CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry
BEGIN
	SELECT RAISE(ABORT, 'entries are never changed');
END;
CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN
	SELECT RAISE(ABORT, 'entries are never deleted');
END;

-- Points with a date on which they expire, fixed when they were issued; first in, first out. What
-- has no lot never expires.
CREATE TABLE lot (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	entry INTEGER NOT NULL REFERENCES entry (id), -- that brought them
	expires_on TEXT NOT NULL,
	amount INTEGER NOT NULL CHECK (amount > 0),
	remaining INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND amount),
	noticed_on TEXT -- when the holder was told; none expires without
) STRICT;
CREATE INDEX lot_open ON lot (account, expires_on, id) WHERE remaining > 0;
CREATE INDEX lot_due ON lot (expires_on) WHERE remaining > 0;
CREATE INDEX lot_entry ON lot (entry);

-- From which lots an entry took, so that what comes back goes back to its date.
CREATE TABLE lot_use (
	id INTEGER PRIMARY KEY,
	entry INTEGER NOT NULL REFERENCES entry (id),
	lot INTEGER NOT NULL REFERENCES lot (id),
	amount INTEGER NOT NULL CHECK (amount > 0),
	returned INTEGER NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND amount)
) STRICT;
CREATE INDEX lot_use_entry ON lot_use (entry);

-- 押分: points held as a deposit. What is open of them all is the balance of the frozen account.
CREATE TABLE freeze (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	points INTEGER NOT NULL CHECK (points > 0),
	taken INTEGER NOT NULL DEFAULT 0 CHECK (taken BETWEEN 0 AND points), -- kept for damage
	purpose TEXT NOT NULL CHECK (purpose IN ('loan', 'booking')),
	ref INTEGER NOT NULL, -- the loan or booking
	frozen_at INTEGER NOT NULL,
	settled_at INTEGER,
	transfer INTEGER NOT NULL UNIQUE REFERENCES transfer (id), -- that froze them
	settlement INTEGER UNIQUE REFERENCES transfer (id), -- given back, or taken in part
	CHECK ((settled_at IS NULL) = (settlement IS NULL)),
	CHECK (taken = 0 OR settled_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX freeze_open ON freeze (ref) WHERE settled_at IS NULL;
CREATE INDEX freeze_account ON freeze (account) WHERE settled_at IS NULL;

-- A reversal (冲正) that waits for a second person.
CREATE TABLE reversal (
	id INTEGER PRIMARY KEY,
	transfer INTEGER NOT NULL REFERENCES transfer (id),
	asked_by INTEGER, -- staff
	asked_at INTEGER NOT NULL,
	settled_at INTEGER,
	posted INTEGER UNIQUE REFERENCES transfer (id), -- none: declined
	CHECK (posted IS NULL OR settled_at IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX reversal_waiting ON reversal (transfer) WHERE settled_at IS NULL;

-- Who may give points to whom: both ways.
CREATE TABLE kin (
	id INTEGER PRIMARY KEY,
	resident INTEGER NOT NULL REFERENCES resident (id),
	other INTEGER NOT NULL REFERENCES resident (id) CHECK (other > resident),
	added_at INTEGER NOT NULL,
	ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX kin_pair ON kin (resident, other) WHERE ended_at IS NULL;
CREATE INDEX kin_other ON kin (other) WHERE ended_at IS NULL;

-- What a resident has chosen, or is granted, about points.
CREATE TABLE points_person (
	id INTEGER PRIMARY KEY REFERENCES resident (id),
	is_unranked INTEGER NOT NULL DEFAULT 0 CHECK (is_unranked IN (0, 1)), -- by their own wish
	-- the old, the disabled, the poor: not asked for service first
	is_exempt INTEGER NOT NULL DEFAULT 0 CHECK (is_exempt IN (0, 1))
) STRICT;
