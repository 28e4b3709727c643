-- The store's own tables: what class each table is of, what this file is, and the journal.

-- domain: written by acts alone, rebuilt by replay.  private: personal data and free text, written
-- inside acts but not journalled, so that erasure can empty it.  state: devices, print queue,
-- visits, lockouts: not journalled.  store: this file's own.
CREATE TABLE table_class (
	name TEXT PRIMARY KEY,
	class TEXT NOT NULL CHECK (class IN ('domain', 'private', 'state', 'store'))
) STRICT, WITHOUT ROWID;

INSERT INTO table_class VALUES
	('table_class', 'store'), ('store', 'store'), ('migration', 'store'),
	('journal', 'store'), ('journal_why', 'private');

-- This file: one row.
CREATE TABLE store (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	site INTEGER NOT NULL CHECK (site BETWEEN 0 AND 16383),
	epoch INTEGER NOT NULL CHECK (epoch BETWEEN 0 AND 127), -- raised by every restore
	zone TEXT NOT NULL DEFAULT 'Asia/Shanghai',
	created_at INTEGER NOT NULL
) STRICT;

-- Which migration ran when; version 1 is the schema in this folder. Replay begins with it and runs
-- each later script after the same journal row as the venue did (core/store/replay.h).
CREATE TABLE migration (
	version INTEGER PRIMARY KEY CHECK (version > 0), -- gapless up to PRAGMA user_version
	name TEXT NOT NULL, -- the script's
	seq INTEGER NOT NULL CHECK (seq >= 0), -- the journal's last row then; 0: it was empty
	ran_at INTEGER NOT NULL
) STRICT;

-- Every act, in order, each row chained to the one before by its hash (core/store/journal.h).
CREATE TABLE journal (
	seq INTEGER PRIMARY KEY, -- gapless, goes on after a restore
	site INTEGER NOT NULL, -- of the store when it was written
	epoch INTEGER NOT NULL,
	recorded_at INTEGER NOT NULL,
	occurred_at INTEGER NOT NULL CHECK (occurred_at <= recorded_at), -- earlier: backdated
	kind TEXT NOT NULL,       -- core/store/kind.h
	version INTEGER NOT NULL, -- of that kind's body
	role INTEGER NOT NULL,    -- in which the actor acted
	actor INTEGER,            -- staff; NULL: a resident at the kiosk, or the program
	approver INTEGER,         -- a second member of staff
	station INTEGER NOT NULL, -- the counter at which it happened
	resident INTEGER,         -- about or for whom
	subject INTEGER,          -- the item, venue … that it is about
	undoes INTEGER REFERENCES journal (seq),
	counter INTEGER NOT NULL, -- of the last id drawn in this epoch
	body TEXT NOT NULL,       -- JSON: the row changes, and the acts that joined
	key BLOB NOT NULL UNIQUE CHECK (length(key) = 16), -- one intention, one key
	inputs BLOB NOT NULL CHECK (length(inputs) = 32),  -- digest: the same intention again?
	result INTEGER NOT NULL,  -- what a repeat is answered
	hash BLOB NOT NULL CHECK (length(hash) = 32) -- over this row and the hash before
) STRICT;
CREATE INDEX journal_subject ON journal (subject, seq) WHERE subject IS NOT NULL;
CREATE INDEX journal_resident ON journal (resident, seq) WHERE resident IS NOT NULL;
-- Each act can be undone once.
CREATE UNIQUE INDEX journal_undoes ON journal (undoes) WHERE undoes IS NOT NULL;

-- INSERT OR REPLACE would rewrite history past the other two triggers.
CREATE TRIGGER journal_appends BEFORE INSERT ON journal
WHEN NEW.seq IS NOT (SELECT ifnull(max(seq), 0) + 1 FROM journal)
BEGIN
	SELECT RAISE(ABORT, 'the journal is append-only: seq must be the next');
END;
CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal
BEGIN
	SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN
	SELECT RAISE(ABORT, 'the journal is append-only');
END;

-- The free-text reason of an act. Emptied by erasure.
CREATE TABLE journal_why (
	id INTEGER PRIMARY KEY, -- journal.seq
	why TEXT
) STRICT;
