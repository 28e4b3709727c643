-- Numbers that people read (a card's, a label's, a receipt's) go on after a restore where they had
-- come to before it: what was given out since the backup stands on paper.

INSERT INTO table_class VALUES ('number_floor', 'domain');

CREATE TABLE number_floor (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE, -- of the table whose `number` it is
	at_least INTEGER NOT NULL  -- the next number is higher
) STRICT;
