-- The store's own tables: what kind each table is, where this file stands, and the journal.

-- domain: written by acts alone, rebuilt by replay.  private: personal data and free text, written
-- inside acts but not journalled, so that erasure can empty it.  state: devices, print queue,
-- visits, lockouts: not journalled.  store: this file's own.
CREATE TABLE table_class (
	name TEXT PRIMARY KEY,
	class TEXT NOT NULL CHECK (class IN ('domain', 'private', 'state', 'store'))
) STRICT, WITHOUT ROWID;

INSERT INTO table_class VALUES
	('table_class', 'store'), ('store', 'store'), ('journal', 'store'), ('journal_why', 'private');

CREATE TABLE store (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	site INTEGER NOT NULL CHECK (site BETWEEN 0 AND 16383),
	epoch INTEGER NOT NULL CHECK (epoch BETWEEN 0 AND 127), -- raised by every restore
	zone TEXT NOT NULL DEFAULT 'Asia/Shanghai',
	created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE journal (
	seq INTEGER PRIMARY KEY, -- gapless, goes on after a restore
	site INTEGER NOT NULL,
	epoch INTEGER NOT NULL,
	recorded_at INTEGER NOT NULL,
	occurred_at INTEGER NOT NULL CHECK (occurred_at <= recorded_at),
	kind TEXT NOT NULL,
	version INTEGER NOT NULL,
	role INTEGER NOT NULL,
	actor INTEGER,
	approver INTEGER,
	station INTEGER NOT NULL,
	resident INTEGER,
	subject INTEGER,
	undoes INTEGER REFERENCES journal (seq),
	counter INTEGER NOT NULL, -- of the last id drawn in this epoch
	body TEXT NOT NULL,
	key BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
	inputs BLOB NOT NULL CHECK (length(inputs) = 32),
	result INTEGER NOT NULL,
	hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE INDEX journal_subject ON journal (subject, seq) WHERE subject IS NOT NULL;
-- Each act can be undone once.
CREATE UNIQUE INDEX journal_undoes ON journal (undoes) WHERE undoes IS NOT NULL;
CREATE INDEX journal_resident ON journal (resident, seq) WHERE resident IS NOT NULL;

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
