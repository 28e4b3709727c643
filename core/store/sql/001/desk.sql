-- The counter's own state and its papers: not journalled.

INSERT INTO table_class VALUES
	('visit', 'state'), ('refused_scan', 'state'), ('outbox', 'state');

-- What one person does between card and finish. Open rows at start-up are a crash: they are closed
-- and their receipts queued.
CREATE TABLE visit (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	resident INTEGER NOT NULL,
	station INTEGER NOT NULL,
	started_at INTEGER NOT NULL,
	ended_at INTEGER
) STRICT;
CREATE INDEX visit_open ON visit (station) WHERE ended_at IS NULL;

-- Kept apart from the record of loans; holds no text of a foreign code.
CREATE TABLE refused_scan (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	station INTEGER NOT NULL,
	reason TEXT NOT NULL,
	resident INTEGER,
	item INTEGER
) STRICT;

-- Papers on their way to a printer. The sheet is frozen when it is queued.
CREATE TABLE outbox (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	-- Ids of two databases may meet at a spooler.
	nonce TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)))),
	purpose TEXT NOT NULL CHECK (purpose IN ('receipt', 'office-a4', 'office-a3', 'labels')),
	title TEXT NOT NULL,   -- what the queue's list calls it: no personal data
	sheet TEXT NOT NULL,   -- emptied some days after it was printed
	state TEXT NOT NULL DEFAULT 'queued'
		CHECK (state IN ('queued', 'submitting', 'created', 'sent', 'done', 'ask', 'failed',
			'cancelled')),
	-- The job's name is PURPOSE-ID-NONCE#ATTEMPT.
	attempt INTEGER NOT NULL DEFAULT 1 CHECK (attempt > 0),
	failures INTEGER NOT NULL DEFAULT 0, -- in a row; how long it waits goes by them
	job INTEGER,           -- the spooler's number for it
	-- Where this attempt went, whatever kiosk.conf says by now.
	mode TEXT CHECK (mode IN ('file', 'cups', 'escpos', 'raw')),
	queue TEXT,
	visit INTEGER,
	loan INTEGER,
	-- A person asked for a copy; the paper says that it is one.
	is_reprint INTEGER NOT NULL DEFAULT 0 CHECK (is_reprint IN (0, 1)),
	is_marked INTEGER NOT NULL DEFAULT 0 CHECK (is_marked IN (0, 1)),
	not_before_at INTEGER NOT NULL DEFAULT 0, -- waits after a failure
	problem TEXT NOT NULL DEFAULT '', -- name of the reason that holds it up, and its text
	problem_text TEXT NOT NULL DEFAULT '',
	queued_at INTEGER NOT NULL,
	changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_live ON outbox (id) WHERE state NOT IN ('done', 'cancelled');
CREATE UNIQUE INDEX outbox_visit ON outbox (visit) WHERE visit IS NOT NULL AND is_reprint = 0;
CREATE INDEX outbox_kept ON outbox (changed_at) WHERE sheet <> '';
