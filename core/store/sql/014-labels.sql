-- Sizes of labels: what is fed to a printer, and where the labels are on it. Hundredths of a
-- millimetre; positions are those of the labels' own edges.

INSERT INTO table_class VALUES ('label_size', 'domain');

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
