-- Things and loans.

INSERT INTO table_class VALUES
	('category', 'domain'), ('rule', 'domain'), ('title', 'domain'), ('item', 'domain'),
	('loan', 'domain');

CREATE TABLE category (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	parent INTEGER REFERENCES category (id),
	position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX category_parent ON category (parent);

-- Circulation rules by (resident category × item category). NULL inherits from the next less specific
-- row, 0 is 0. Both NULL: the global row, which must answer everything.
CREATE TABLE rule (
	id INTEGER PRIMARY KEY,
	resident_category INTEGER REFERENCES resident_category (id),
	category INTEGER REFERENCES category (id),
	loan_days INTEGER CHECK (loan_days >= 0), -- one of the two, inherited as one
	loan_hours INTEGER CHECK (loan_hours > 0),
	due_mode TEXT CHECK (due_mode IN ('ignore', 'skip', 'push', 'push_week')),
	hard_due_on TEXT,                         -- never due after this day's closing time; or 'none'
	max_items INTEGER CHECK (max_items >= 0),   -- of this category at a time
	max_total INTEGER CHECK (max_total >= 0),   -- of all categories, for this kind of resident
	max_renewals INTEGER CHECK (max_renewals >= 0),
	renew_hours INTEGER CHECK (renew_hours >= 0), -- renewable from so many hours before due
	turnaround_hours INTEGER CHECK (turnaround_hours >= 0),
	overdue TEXT CHECK (overdue IN ('allow', 'ask', 'block')),
	grace_days INTEGER CHECK (grace_days >= 0),
	suspend_days INTEGER CHECK (suspend_days >= 0), -- per day overdue, counted from the return
	suspend_cap INTEGER CHECK (suspend_cap >= 0),   -- in days
	CHECK (loan_days IS NULL OR loan_hours IS NULL),
	CHECK (max_total IS NULL OR category IS NULL)
) STRICT;
CREATE UNIQUE INDEX rule_pair ON rule (ifnull(resident_category, 0), ifnull(category, 0));

CREATE TABLE title (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	category INTEGER NOT NULL REFERENCES category (id),
	isbn INTEGER UNIQUE,
	pinyin TEXT NOT NULL DEFAULT '',   -- small letters, without spaces: "yinle"
	initials TEXT NOT NULL DEFAULT '', -- "yl"
	pinyin2 TEXT NOT NULL DEFAULT '',  -- a second reading: "yinyue"
	initials2 TEXT NOT NULL DEFAULT '',
	safety TEXT NOT NULL DEFAULT '' -- one line shown before lending and on the receipt
) STRICT;
CREATE INDEX title_name ON title (name);
CREATE INDEX title_pinyin ON title (pinyin, id);
CREATE INDEX title_initials ON title (initials);
CREATE INDEX title_pinyin2 ON title (pinyin2) WHERE pinyin2 <> '';
CREATE INDEX title_initials2 ON title (initials2) WHERE initials2 <> '';
CREATE INDEX title_category ON title (category);

CREATE TABLE item (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 999999999),
	title INTEGER NOT NULL REFERENCES title (id),
	status TEXT NOT NULL DEFAULT 'active'
		CHECK (status IN ('active', 'maintenance', 'missing', 'retired')),
	shelf TEXT NOT NULL DEFAULT '',
	added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX item_title ON item (title);

CREATE TABLE loan (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	item INTEGER NOT NULL REFERENCES item (id),
	resident INTEGER NOT NULL REFERENCES resident (id),
	visit INTEGER,        -- desk's visit in which it was lent, if any
	return_visit INTEGER,
	lent_at INTEGER NOT NULL,
	due_at INTEGER NOT NULL CHECK (due_at > lent_at),
	returned_at INTEGER CHECK (returned_at >= lent_at),
	voided_at INTEGER,    -- undone in the same visit: no loan at all
	renewals INTEGER NOT NULL DEFAULT 0,
	renewed_from INTEGER, -- due before the last renewal, so that it can be undone
	renew_visit INTEGER,
	is_override INTEGER NOT NULL DEFAULT 0 CHECK (is_override IN (0, 1))
) STRICT;
-- Two people can never hold one item.
CREATE UNIQUE INDEX loan_one_open ON loan (item) WHERE returned_at IS NULL AND voided_at IS NULL;
CREATE INDEX loan_open_resident ON loan (resident, due_at) WHERE returned_at IS NULL AND voided_at IS NULL;
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
