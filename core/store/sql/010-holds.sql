-- Holds (预借), and what a loan may meet on its way: a recall, a claim that it was brought back, a
-- loss, parts that did not come back.

INSERT INTO table_class VALUES ('hold', 'domain');

-- The queue of a title goes by id. What is stored is how things stood at the last act that touched
-- the title; how they stand now is worked out from it (core/items/hold_queue).
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

ALTER TABLE loan ADD COLUMN claimed_at INTEGER;    -- the borrower says that it was brought back
ALTER TABLE loan ADD COLUMN lost_at INTEGER;       -- closed as lost, not as returned
ALTER TABLE loan ADD COLUMN recalled_at INTEGER;   -- due_at was moved forward then
ALTER TABLE loan ADD COLUMN parts_lent INTEGER NOT NULL DEFAULT 0; -- bits missing when it was lent
ALTER TABLE loan ADD COLUMN parts_missing INTEGER; -- bits missing when it came back; NULL: not seen
CREATE INDEX loan_claimed ON loan (claimed_at) WHERE claimed_at IS NOT NULL;
CREATE INDEX loan_lost ON loan (item, lost_at) WHERE lost_at IS NOT NULL;

ALTER TABLE item ADD COLUMN parts_missing INTEGER NOT NULL DEFAULT 0; -- bits of title_part
-- 待检查: came back while no volunteer was there to look.
ALTER TABLE item ADD COLUMN needs_check INTEGER NOT NULL DEFAULT 0 CHECK (needs_check IN (0, 1));
CREATE INDEX item_needs_check ON item (id) WHERE needs_check = 1;
