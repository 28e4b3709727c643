-- Repair tickets, and stocktakes.

INSERT INTO table_class VALUES
	('ticket', 'domain'), ('ticket_private', 'private'), ('stocktake', 'domain'),
	('stocktake_sight', 'domain'), ('stocktake_unseen', 'domain');

-- A thing that is broken, until it is repaired or given up.
CREATE TABLE ticket (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	item INTEGER NOT NULL REFERENCES item (id),
	loan INTEGER REFERENCES loan (id), -- from which it came back damaged
	opened_at INTEGER NOT NULL,
	closed_at INTEGER CHECK (closed_at >= opened_at),
	outcome TEXT CHECK (outcome IN ('repaired', 'retired')),
	CHECK ((closed_at IS NULL) = (outcome IS NULL))
) STRICT;
-- One trouble at a time: what else is found goes on the same ticket.
CREATE UNIQUE INDEX ticket_one_open ON ticket (item) WHERE closed_at IS NULL;
CREATE INDEX ticket_open ON ticket (id) WHERE closed_at IS NULL;
CREATE INDEX ticket_history ON ticket (item, id);

CREATE TABLE ticket_private (
	id INTEGER PRIMARY KEY REFERENCES ticket (id),
	words TEXT, -- what is wrong
	done TEXT   -- what was done
) STRICT;

-- A count of what is on the shelves.
CREATE TABLE stocktake (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	category INTEGER REFERENCES category (id), -- or below it; NULL: any
	zone TEXT,                                 -- NULL: any
	shelf TEXT,                                -- NULL: any
	started_at INTEGER NOT NULL,
	closed_at INTEGER CHECK (closed_at >= started_at)
) STRICT;
-- One count at a time, or the same thing would be looked for twice.
CREATE UNIQUE INDEX stocktake_one_open ON stocktake (closed_at IS NULL) WHERE closed_at IS NULL;

-- Each item once, where it was seen last and what that means.
CREATE TABLE stocktake_sight (
	id INTEGER PRIMARY KEY,
	stocktake INTEGER NOT NULL REFERENCES stocktake (id),
	item INTEGER NOT NULL REFERENCES item (id),
	zone TEXT NOT NULL, -- where; both "" when nobody said
	shelf TEXT NOT NULL,
	state TEXT NOT NULL
		CHECK (state IN ('right', 'misplaced', 'other', 'out', 'missing', 'retired')),
	is_counted INTEGER NOT NULL CHECK (is_counted IN (0, 1)), -- it was looked for
	seen_at INTEGER NOT NULL,
	UNIQUE (stocktake, item)
) STRICT;
CREATE INDEX stocktake_sight_state ON stocktake_sight (stocktake, state, id);

-- What was not seen, written down when the stocktake is closed.
CREATE TABLE stocktake_unseen (
	id INTEGER PRIMARY KEY,
	stocktake INTEGER NOT NULL REFERENCES stocktake (id),
	item INTEGER NOT NULL REFERENCES item (id),
	missing_at INTEGER, -- set to missing on account of it
	UNIQUE (stocktake, item)
) STRICT;
