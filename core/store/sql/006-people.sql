-- People: children and who speaks for them, consent that is still to be asked, pauses, and those
-- who are gone from the register for good.

INSERT INTO table_class VALUES ('fetcher', 'domain'), ('fetcher_private', 'private');

CREATE TABLE resident_new (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 999999999), -- on the card
	household INTEGER REFERENCES household (id),
	category INTEGER NOT NULL REFERENCES resident_category (id),
	guardian INTEGER REFERENCES resident (id) CHECK (guardian <> id), -- of a child
	-- How public lists name them: 0 in full, 1 by alias, 2 masked.
	wall_name INTEGER NOT NULL DEFAULT 0 CHECK (wall_name BETWEEN 0 AND 2),
	-- The notice that was read out and agreed to. NULL: to be asked at the next visit, as of
	-- somebody who came in by a table.
	consent_version TEXT,
	consent_at INTEGER,
	-- Who agreed for them: a child's guardian. NULL: they themselves.
	consent_by INTEGER REFERENCES resident (id),
	joined_on TEXT NOT NULL,
	left_on TEXT,
	paused_until TEXT,  -- the last day on which they cannot borrow, book or sign up
	erased_at INTEGER,  -- nothing personal is kept of them any more
	merged_into INTEGER REFERENCES resident (id), -- who they turned out to be
	CHECK ((consent_version IS NULL) = (consent_at IS NULL)),
	CHECK (consent_by IS NULL OR consent_version IS NOT NULL),
	CHECK (erased_at IS NULL OR left_on IS NOT NULL),
	CHECK (merged_into IS NULL OR left_on IS NOT NULL)
) STRICT;
-- Whoever registered a child with its guardian read the notice out to the guardian. A child stands
-- masked on the wall unless an alias was chosen for it.
INSERT INTO resident_new (id, number, household, category, guardian, wall_name, consent_version,
	consent_at, consent_by, joined_on, left_on)
	SELECT id, number, household, category, nullif(guardian, id),
		CASE WHEN wall_name = 0 AND category IN
			(SELECT id FROM resident_category WHERE code = 'child') THEN 2
		ELSE wall_name END,
		consent_version, consent_at, nullif(guardian, id), joined_on, left_on FROM resident;
DROP TABLE resident;
ALTER TABLE resident_new RENAME TO resident;
CREATE INDEX resident_household ON resident (household) WHERE household IS NOT NULL;
CREATE INDEX resident_guardian ON resident (guardian) WHERE guardian IS NOT NULL;

-- The year alone: enough to know who is a child. NULL: not given.
ALTER TABLE resident_private ADD COLUMN birth_year INTEGER;
ALTER TABLE resident_private ADD COLUMN pause_why TEXT; -- of paused_until

-- Who may fetch a child from here, beside its guardian.
CREATE TABLE fetcher (
	id INTEGER PRIMARY KEY,
	child INTEGER NOT NULL REFERENCES resident (id),
	resident INTEGER REFERENCES resident (id) CHECK (resident <> child) -- NULL: fetcher_private
) STRICT;
CREATE UNIQUE INDEX fetcher_once ON fetcher (child, resident) WHERE resident IS NOT NULL;
CREATE INDEX fetcher_child ON fetcher (child);
CREATE INDEX fetcher_resident ON fetcher (resident) WHERE resident IS NOT NULL;

CREATE TABLE fetcher_private (
	id INTEGER PRIMARY KEY REFERENCES fetcher (id),
	name TEXT, -- of somebody who is not registered: "李奶奶 13800000009"
	salt BLOB -- 007-rights.sql
) STRICT;
