-- The catalogue: what a title is worth and how it is handed out, what belongs to it; where an item
-- stands and came from, until when it is fit, what holds it and whose it is.

INSERT INTO table_class VALUES
	('title_part', 'domain'), ('item_owner', 'domain'), ('stock_move', 'domain');

ALTER TABLE title ADD COLUMN value_points INTEGER NOT NULL DEFAULT 0 CHECK (value_points >= 0);
ALTER TABLE title ADD COLUMN value_fen INTEGER NOT NULL DEFAULT 0 CHECK (value_fen >= 0);
ALTER TABLE title ADD COLUMN deposit INTEGER NOT NULL DEFAULT 0 CHECK (deposit >= 0); -- points
-- In demand: lent for so many days where its rule would give longer. 0: as the rule says.
ALTER TABLE title ADD COLUMN short_days INTEGER NOT NULL DEFAULT 0 CHECK (short_days >= 0);
ALTER TABLE title ADD COLUMN needs_approval INTEGER NOT NULL DEFAULT 0
	CHECK (needs_approval IN (0, 1));
ALTER TABLE title ADD COLUMN is_onsite INTEGER NOT NULL DEFAULT 0 CHECK (is_onsite IN (0, 1));
ALTER TABLE title ADD COLUMN is_consumable INTEGER NOT NULL DEFAULT 0
	CHECK (is_consumable IN (0, 1));
ALTER TABLE title ADD COLUMN stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0);

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

-- Consumables handed out and filled up.
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

ALTER TABLE item ADD COLUMN zone TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN source TEXT -- how it came here; NULL: nobody noted it
	CHECK (source IN ('bought', 'donated', 'swapped', 'project'));
ALTER TABLE item ADD COLUMN project TEXT NOT NULL DEFAULT ''; -- that paid for it
ALTER TABLE item ADD COLUMN cost_fen INTEGER NOT NULL DEFAULT 0 CHECK (cost_fen >= 0);
ALTER TABLE item ADD COLUMN expires_on TEXT CHECK (length(expires_on) = 10);
ALTER TABLE item ADD COLUMN inspected_until_on TEXT CHECK (length(inspected_until_on) = 10);
ALTER TABLE item ADD COLUMN kit INTEGER REFERENCES item (id) CHECK (kit <> id); -- that holds it
CREATE INDEX item_kit ON item (kit) WHERE kit IS NOT NULL;
CREATE INDEX item_place ON item (zone, shelf);
CREATE INDEX item_asset ON item (number) WHERE source = 'project';

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
