-- The catalogue: what there is to lend or take, and by which rules.

INSERT INTO table_class VALUES
	('category', 'domain'), ('rule', 'domain'), ('title', 'domain'),
	('title_part', 'domain'), ('stock_move', 'domain');

-- Kinds of things, as a tree.
CREATE TABLE category (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE, -- what commands and imports call it
	name TEXT NOT NULL,
	parent INTEGER REFERENCES category (id),
	position INTEGER NOT NULL DEFAULT 0, -- in lists
	-- Titles added to it are used in the house only, as a sewing machine is.
	is_onsite INTEGER NOT NULL DEFAULT 0 CHECK (is_onsite IN (0, 1))
) STRICT;
CREATE INDEX category_parent ON category (parent);

-- Circulation rules by (resident category × item category). NULL inherits from the next less
-- specific row, 0 is 0. Both NULL: the global row, which must answer everything.
CREATE TABLE rule (
	id INTEGER PRIMARY KEY,
	resident_category INTEGER REFERENCES resident_category (id),
	category INTEGER REFERENCES category (id),
	loan_days INTEGER CHECK (loan_days >= 0), -- one of the two, inherited as one
	loan_hours INTEGER CHECK (loan_hours > 0),
	-- Closed days do not matter; do not count; on one, the next open day or the same weekday later.
	due_mode TEXT CHECK (due_mode IN ('ignore', 'skip', 'push', 'push_week')),
	hard_due_on TEXT, -- never due after this day's closing time; or 'none'
	max_items INTEGER CHECK (max_items >= 0),   -- of this category at a time
	max_total INTEGER CHECK (max_total >= 0),   -- of all categories, for this kind of resident
	max_renewals INTEGER CHECK (max_renewals >= 0),
	renew_hours INTEGER CHECK (renew_hours >= 0), -- renewable from so many hours before due
	turnaround_hours INTEGER CHECK (turnaround_hours >= 0), -- between two loans of an item
	-- Lending to somebody who has overdue things.
	overdue TEXT CHECK (overdue IN ('allow', 'ask', 'block')),
	grace_days INTEGER CHECK (grace_days >= 0),
	suspend_days INTEGER CHECK (suspend_days >= 0), -- per day overdue, counted from the return
	suspend_cap INTEGER CHECK (suspend_cap >= 0),   -- in days
	CHECK (loan_days IS NULL OR loan_hours IS NULL),
	CHECK (max_total IS NULL OR category IS NULL)
) STRICT;
CREATE UNIQUE INDEX rule_pair ON rule (ifnull(resident_category, 0), ifnull(category, 0));

-- What several items can be copies of: a book, a kind of drill. Pinyin is in small letters without
-- spaces, as people type it.
CREATE TABLE title (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	category INTEGER NOT NULL REFERENCES category (id),
	isbn INTEGER UNIQUE,
	pinyin TEXT NOT NULL DEFAULT '',   -- "yinle"
	initials TEXT NOT NULL DEFAULT '', -- "yl"
	pinyin2 TEXT NOT NULL DEFAULT '',  -- a second reading: "yinyue"
	initials2 TEXT NOT NULL DEFAULT '',
	safety TEXT NOT NULL DEFAULT '', -- one line shown before lending and on the receipt
	value_points INTEGER NOT NULL DEFAULT 0 CHECK (value_points >= 0),
	value_fen INTEGER NOT NULL DEFAULT 0 CHECK (value_fen >= 0),
	deposit INTEGER NOT NULL DEFAULT 0 CHECK (deposit >= 0), -- points frozen while it is lent
	-- In demand: lent for so many days where its rule would give longer. 0: as the rule says.
	short_days INTEGER NOT NULL DEFAULT 0 CHECK (short_days >= 0),
	needs_approval INTEGER NOT NULL DEFAULT 0 CHECK (needs_approval IN (0, 1)),
	is_onsite INTEGER NOT NULL DEFAULT 0 CHECK (is_onsite IN (0, 1)), -- used in the house only
	is_consumable INTEGER NOT NULL DEFAULT 0 CHECK (is_consumable IN (0, 1)), -- taken, not lent
	stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0) -- of a consumable
) STRICT;
CREATE INDEX title_name ON title (name);

-- Most searches walk through all titles in this order; they read nothing but this index.
CREATE INDEX title_pinyin ON title (pinyin, id, category, initials, pinyin2, initials2, name);
CREATE INDEX title_initials ON title (initials);
CREATE INDEX title_pinyin2 ON title (pinyin2) WHERE pinyin2 <> '';
CREATE INDEX title_initials2 ON title (initials2) WHERE initials2 <> '';
CREATE INDEX title_category ON title (category);

-- What has to come back with each item of a title. A loan's record of parts is a number of 32 bits:
-- a part keeps its bit as long as it is on the list.
CREATE TABLE title_part (
	id INTEGER PRIMARY KEY,
	title INTEGER NOT NULL REFERENCES title (id),
	bit INTEGER NOT NULL CHECK (bit BETWEEN 0 AND 31),
	position INTEGER NOT NULL, -- in the list as people wrote it
	name TEXT NOT NULL,
	UNIQUE (title, bit),
	UNIQUE (title, name)
) STRICT;

-- Consumables taken and restocked.
CREATE TABLE stock_move (
	id INTEGER PRIMARY KEY,
	title INTEGER NOT NULL REFERENCES title (id),
	resident INTEGER REFERENCES resident (id), -- who took it, if it was noted
	change INTEGER NOT NULL CHECK (change <> 0),
	stock INTEGER NOT NULL CHECK (stock >= 0), -- after it
	moved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX stock_move_title ON stock_move (title, moved_at, id);
CREATE INDEX stock_move_resident ON stock_move (resident, moved_at) WHERE resident IS NOT NULL;
