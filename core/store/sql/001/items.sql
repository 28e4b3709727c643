-- Things: each with its label, where it is, where it came from and whose it is.

INSERT INTO table_class VALUES
	('item', 'domain'), ('item_owner', 'domain'), ('label_size', 'domain');

-- One thing on the shelf, with a label of its own.
CREATE TABLE item (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 999999999), -- on the label
	title INTEGER NOT NULL REFERENCES title (id),
	status TEXT NOT NULL DEFAULT 'active'
		CHECK (status IN ('active', 'maintenance', 'missing', 'retired')),
	zone TEXT NOT NULL DEFAULT '',  -- where it is kept
	shelf TEXT NOT NULL DEFAULT '', -- in the zone
	added_at INTEGER NOT NULL,
	source TEXT -- how it came here; NULL: nobody noted it
		CHECK (source IN ('bought', 'donated', 'swapped', 'project')),
	project TEXT NOT NULL DEFAULT '', -- the project that paid for it
	cost_fen INTEGER NOT NULL DEFAULT 0 CHECK (cost_fen >= 0),
	expires_on TEXT CHECK (length(expires_on) = 10),
	inspected_until_on TEXT CHECK (length(inspected_until_on) = 10),
	kit INTEGER REFERENCES item (id) CHECK (kit <> id), -- the kit that holds it
	parts_missing INTEGER NOT NULL DEFAULT 0, -- bits of title_part
	-- 待检查: came back while no volunteer was there to look.
	needs_check INTEGER NOT NULL DEFAULT 0 CHECK (needs_check IN (0, 1))
) STRICT;
-- The items of a title are told apart by no more than these columns.
CREATE INDEX item_title ON item (title, number, status, kit, source, zone, shelf);
CREATE INDEX item_kit ON item (kit) WHERE kit IS NOT NULL;
CREATE INDEX item_place ON item (zone, shelf);
CREATE INDEX item_asset ON item (number) WHERE source = 'project';
CREATE INDEX item_missing ON item (number) WHERE status = 'missing';
CREATE INDEX item_needs_check ON item (id) WHERE needs_check = 1;

-- A kit is never inside another one.
CREATE TRIGGER item_kit_is_flat BEFORE UPDATE OF kit ON item
WHEN NEW.kit IS NOT NULL AND ((SELECT kit FROM item WHERE id = NEW.kit) IS NOT NULL
	OR EXISTS (SELECT 1 FROM item WHERE kit = NEW.id))
BEGIN
	SELECT RAISE(ABORT, 'a kit is never inside another one');
END;

-- Whose an item is, if not the venue's: of one who lends it through the venue, or of several who
-- bought it together, each with a share.
CREATE TABLE item_owner (
	id INTEGER PRIMARY KEY,
	item INTEGER NOT NULL REFERENCES item (id),
	resident INTEGER NOT NULL REFERENCES resident (id),
	share INTEGER NOT NULL CHECK (share > 0),
	UNIQUE (item, resident)
) STRICT;
CREATE INDEX item_owner_resident ON item_owner (resident);

CREATE TABLE label_size (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL UNIQUE, -- "a4-24": what commands call it
	name TEXT NOT NULL,
	position INTEGER NOT NULL, -- in lists
	page_width INTEGER NOT NULL CHECK (page_width BETWEEN 2000 AND 42000),
	page_height INTEGER NOT NULL CHECK (page_height BETWEEN 1000 AND 60000),
	across INTEGER NOT NULL CHECK (across BETWEEN 1 AND 20),
	down INTEGER NOT NULL CHECK (down BETWEEN 1 AND 60),
	width INTEGER NOT NULL CHECK (width > 0),
	height INTEGER NOT NULL CHECK (height > 0),
	gap_x INTEGER NOT NULL CHECK (gap_x >= 0), -- between two labels side by side
	gap_y INTEGER NOT NULL CHECK (gap_y >= 0),
	left_edge INTEGER NOT NULL CHECK (left_edge >= 0), -- of the first label, on the page
	top_edge INTEGER NOT NULL CHECK (top_edge >= 0),
	inside INTEGER NOT NULL CHECK (inside >= 0), -- left white along each label's edges
	CHECK (left_edge + across * width + (across - 1) * gap_x <= page_width),
	CHECK (top_edge + down * height + (down - 1) * gap_y <= page_height),
	CHECK (2 * inside < width AND 2 * inside < height)
) STRICT;
