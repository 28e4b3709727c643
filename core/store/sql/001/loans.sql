-- Loans, and holds (预借) that wait for one.

INSERT INTO table_class VALUES
	('loan', 'domain'), ('hold', 'domain');

-- One item lent to one resident; ends by a return, as lost, or voided.
CREATE TABLE loan (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE, -- on the receipt
	item INTEGER NOT NULL REFERENCES item (id),
	resident INTEGER NOT NULL REFERENCES resident (id),
	visit INTEGER,        -- the visit (desk.sql) in which it was lent, if any
	return_visit INTEGER,
	lent_at INTEGER NOT NULL,
	due_at INTEGER NOT NULL CHECK (due_at > lent_at),
	returned_at INTEGER CHECK (returned_at >= lent_at),
	voided_at INTEGER,    -- undone in the same visit: no loan at all
	claimed_at INTEGER,   -- the borrower says that it was brought back
	lost_at INTEGER,      -- closed as lost, not as returned
	recalled_at INTEGER,  -- due_at was moved forward then
	renewals INTEGER NOT NULL DEFAULT 0,
	renewed_from INTEGER, -- due before the last renewal, so that it can be undone
	renew_visit INTEGER,
	is_override INTEGER NOT NULL DEFAULT 0 CHECK (is_override IN (0, 1)), -- against the rules
	parts_lent INTEGER NOT NULL DEFAULT 0, -- bits of title_part missing when it was lent
	parts_missing INTEGER                  -- and when it came back; NULL: nobody looked
) STRICT;
-- Two people can never hold one item.
CREATE UNIQUE INDEX loan_one_open ON loan (item) WHERE returned_at IS NULL AND voided_at IS NULL;
CREATE INDEX loan_open_resident ON loan (resident, due_at)
	WHERE returned_at IS NULL AND voided_at IS NULL;
CREATE INDEX loan_open_due ON loan (due_at, id) WHERE returned_at IS NULL AND voided_at IS NULL;
CREATE INDEX loan_history_resident ON loan (resident, lent_at, id);
CREATE INDEX loan_history_item ON loan (item, lent_at, id);

-- Late returns: what a suspension is worked out from.
CREATE INDEX loan_late ON loan (resident, returned_at)
	WHERE returned_at > due_at AND voided_at IS NULL;
CREATE INDEX loan_returned_item ON loan (item, returned_at)
	WHERE returned_at IS NOT NULL AND voided_at IS NULL;
CREATE INDEX loan_visit ON loan (visit) WHERE visit IS NOT NULL;
CREATE INDEX loan_return_visit ON loan (return_visit) WHERE return_visit IS NOT NULL;
CREATE INDEX loan_renew_visit ON loan (renew_visit) WHERE renew_visit IS NOT NULL;
CREATE INDEX loan_claimed ON loan (claimed_at) WHERE claimed_at IS NOT NULL;
CREATE INDEX loan_lost ON loan (item, lost_at) WHERE lost_at IS NOT NULL;

-- How many loans share a value of each index in a venue ten years old: a resident has thirty in
-- all, but one or none open. Without this SQLite takes both for equal, and walks through somebody's
-- whole history to find what they have out.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
	('loan', 'sqlite_autoindex_loan_1', '2000000 1'),
	('loan', 'loan_one_open', '3000 1'),
	('loan', 'loan_open_resident', '3000 1 1'),
	('loan', 'loan_open_due', '3000 1 1'),
	('loan', 'loan_history_resident', '2000000 30 1 1'),
	('loan', 'loan_history_item', '2000000 100 1 1'),
	('loan', 'loan_late', '50000 2 1'),
	('loan', 'loan_returned_item', '2000000 100 1'),
	('loan', 'loan_visit', '2000000 2'),
	('loan', 'loan_return_visit', '2000000 3'),
	('loan', 'loan_renew_visit', '300000 2'),
	('loan', 'loan_claimed', '100 1'),
	('loan', 'loan_lost', '1000 1 1');
ANALYZE sqlite_schema;

-- The queue of a title goes by id. What is stored is the state at the last act that touched the
-- title; the state now is worked out from it (core/items/hold_queue).
CREATE TABLE hold (
	id INTEGER PRIMARY KEY,
	title INTEGER NOT NULL REFERENCES title (id),
	resident INTEGER NOT NULL REFERENCES resident (id),
	visit INTEGER, -- desk's visit in which it was placed, if any
	status TEXT NOT NULL DEFAULT 'waiting'
		CHECK (status IN ('waiting', 'ready', 'fulfilled', 'expired', 'cancelled')),
	placed_at INTEGER NOT NULL,
	item INTEGER REFERENCES item (id), -- put aside for it
	slot INTEGER CHECK (slot > 0),     -- its place on the pick-up shelf
	is_aside INTEGER NOT NULL DEFAULT 0 CHECK (is_aside IN (0, 1)), -- the item still lies there
	ready_at INTEGER,                  -- from when it can be fetched: its clock starts
	loan INTEGER REFERENCES loan (id), -- that fulfilled it
	ended_at INTEGER,
	CHECK ((status IN ('waiting', 'ready')) = (ended_at IS NULL)),
	CHECK ((status = 'fulfilled') = (loan IS NOT NULL)),
	CHECK (status <> 'waiting' OR (item IS NULL AND is_aside = 0)),
	CHECK (status <> 'ready' OR (ready_at IS NOT NULL AND is_aside = 1)),
	CHECK (is_aside = 0 OR (item IS NOT NULL AND slot IS NOT NULL))
) STRICT;
CREATE INDEX hold_queue ON hold (title, id) WHERE ended_at IS NULL;
CREATE INDEX hold_history ON hold (title, id);
CREATE INDEX hold_resident ON hold (resident, id);
CREATE INDEX hold_loan ON hold (loan) WHERE loan IS NOT NULL;

-- One hold a person and title; one thing is put aside for one person, in a place of its own.
CREATE UNIQUE INDEX hold_one_open ON hold (resident, title) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX hold_one_item ON hold (item) WHERE is_aside = 1;
CREATE UNIQUE INDEX hold_one_slot ON hold (slot) WHERE is_aside = 1;
