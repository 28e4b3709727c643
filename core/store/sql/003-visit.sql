-- What a visit asked about (return or renew?) and what is said at a return.

INSERT INTO table_class VALUES ('visit_asked', 'state');

-- Whatever of it the visit neither returned nor renewed stayed lent: its receipt says so, also after
-- a crash.
CREATE TABLE visit_asked (
	visit INTEGER NOT NULL REFERENCES visit (id),
	loan INTEGER NOT NULL,
	PRIMARY KEY (visit, loan)
) STRICT, WITHOUT ROWID;

-- Whoever brought it back said that it is damaged or incomplete.
ALTER TABLE loan ADD COLUMN reported_at INTEGER;
