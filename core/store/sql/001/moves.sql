-- How things come and go for good: donations, swaps, charity sales, give-aways.

INSERT INTO table_class VALUES
	('retirement', 'domain'), ('donation', 'domain'), ('donation_item', 'domain'),
	('donation_private', 'private'), ('giveaway', 'domain'), ('giveaway_private', 'private'),
	('swap', 'domain'), ('sale', 'domain');

-- Why an item is retired; the latest one of an item counts.
CREATE TABLE retirement (
	id INTEGER PRIMARY KEY,
	item INTEGER NOT NULL REFERENCES item (id),
	cause TEXT NOT NULL CHECK (cause IN
		('worn_out', 'lost', 'sold', 'given_away', 'swapped', 'donated_on')),
	retired_at INTEGER NOT NULL
) STRICT;
CREATE INDEX retirement_item ON retirement (item, id);

-- Things or money given to the house.
CREATE TABLE donation (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE, -- on the thanks slip
	resident INTEGER REFERENCES resident (id), -- NULL: a body or somebody from outside
	thanks TEXT NOT NULL CHECK (thanks IN ('name', 'alias', 'anonymous')),
	fen INTEGER NOT NULL DEFAULT 0 CHECK (fen >= 0), -- money, in the fund
	points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
	donated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX donation_resident ON donation (resident, id) WHERE resident IS NOT NULL;

CREATE TABLE donation_item (
	id INTEGER PRIMARY KEY,
	donation INTEGER NOT NULL REFERENCES donation (id),
	item INTEGER NOT NULL UNIQUE REFERENCES item (id)
) STRICT;
CREATE INDEX donation_item_donation ON donation_item (donation, id);

CREATE TABLE donation_private (
	id INTEGER PRIMARY KEY REFERENCES donation (id),
	name TEXT, -- of a donor who is no resident
	alias TEXT
) STRICT;

-- 赠送: to a resident, or donated on to a body.
CREATE TABLE giveaway (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	item INTEGER NOT NULL REFERENCES item (id),
	resident INTEGER REFERENCES resident (id),
	given_at INTEGER NOT NULL,
	voided_at INTEGER -- taken back on the same day
) STRICT;
CREATE INDEX giveaway_resident ON giveaway (resident, given_at) WHERE resident IS NOT NULL;

CREATE TABLE giveaway_private (
	id INTEGER PRIMARY KEY REFERENCES giveaway (id),
	name TEXT -- of the body
) STRICT;

-- One thing brought, another taken.
CREATE TABLE swap (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	resident INTEGER NOT NULL REFERENCES resident (id),
	item_in INTEGER NOT NULL REFERENCES item (id),
	item_out INTEGER NOT NULL REFERENCES item (id) CHECK (item_out <> item_in),
	value_in INTEGER NOT NULL CHECK (value_in > 0), -- points
	value_out INTEGER NOT NULL CHECK (value_out > 0),
	transfer INTEGER REFERENCES transfer (id), -- of the difference, paid by the resident
	swapped_at INTEGER NOT NULL,
	voided_at INTEGER, -- taken back on the same day
	CHECK ((value_out > value_in) = (transfer IS NOT NULL))
) STRICT;
CREATE INDEX swap_resident ON swap (resident, id);

-- 义卖: sold for points, or for yuan that go to the fund.
CREATE TABLE sale (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	item INTEGER NOT NULL REFERENCES item (id),
	resident INTEGER REFERENCES resident (id), -- NULL: somebody who paid in yuan
	points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
	fen INTEGER NOT NULL DEFAULT 0 CHECK (fen >= 0),
	transfer INTEGER REFERENCES transfer (id),
	fund_line INTEGER REFERENCES fund_line (id),
	sold_at INTEGER NOT NULL,
	voided_at INTEGER, -- taken back on the same day
	CHECK ((points > 0) = (transfer IS NOT NULL)),
	CHECK ((fen > 0) = (fund_line IS NOT NULL)),
	CHECK ((points > 0) <> (fen > 0))
) STRICT;
CREATE INDEX sale_resident ON sale (resident, id) WHERE resident IS NOT NULL;
