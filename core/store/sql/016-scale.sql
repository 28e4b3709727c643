-- The walk through all titles in their order, which most searches are, reads nothing but its index.
DROP INDEX title_pinyin;
CREATE INDEX title_pinyin ON title (pinyin, id, category, initials, pinyin2, initials2, name);

-- And the items of each are told apart by no more than theirs.
DROP INDEX item_title;
CREATE INDEX item_title ON item (title, number, status, kit, source, zone, shelf);

-- How many loans stand behind each value of an index, as in a venue ten years old: of one resident
-- thirty in all, but one or none that is open. Without this SQLite takes both for equal, and walks
-- through somebody's whole history to find what they have out.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
	('loan', 'sqlite_autoindex_loan_1', '2000000 1'),
	('loan', 'loan_one_open', '3000 1'),
	('loan', 'loan_open_resident', '3000 1 1'),
	('loan', 'loan_open_due', '3000 1 1'),
	('loan', 'loan_history_resident', '2000000 30 1 1'),
	('loan', 'loan_history_item', '2000000 100 1 1'),
	('loan', 'loan_late', '50000 2 1'),
	('loan', 'loan_returned_item', '2000000 100 1'),
	('loan', 'loan_visit', '2000000 2'),
	('loan', 'loan_return_visit', '2000000 3'),
	('loan', 'loan_renew_visit', '300000 2'),
	('loan', 'loan_claimed', '100 1'),
	('loan', 'loan_lost', '1000 1 1');
ANALYZE sqlite_schema;
