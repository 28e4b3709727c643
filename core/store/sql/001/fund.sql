-- The community fund, that sales and gifts of money go to.

INSERT INTO table_class VALUES
	('fund_line', 'domain');

-- The fund's journal, in fen; each line with the balance after it. Lines are never changed: one
-- that was wrong is taken back by another one.
CREATE TABLE fund_line (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('sale', 'donation', 'reversal')),
	fen INTEGER NOT NULL CHECK (fen <> 0),
	balance INTEGER NOT NULL CHECK (balance >= 0),
	ref INTEGER, -- the sale or donation that it comes from
	reverses INTEGER UNIQUE REFERENCES fund_line (id),
	CHECK ((kind = 'reversal') = (reverses IS NOT NULL)),
	CHECK ((kind = 'reversal') = (fen < 0))
) STRICT;
