-- A lend writes to fewer indexes. The open loans of a resident and those that are due share one
-- index: a few thousand rows, which a list of what is due reads whole. The histories hold a loan from
-- its end on, so that lending touches neither of them; a history is the open loans followed by those.
DROP INDEX loan_open_resident;
DROP INDEX loan_open_due;
DROP INDEX loan_history_resident;
DROP INDEX loan_history_item;
DROP INDEX loan_returned_item;
CREATE INDEX loan_open ON loan (resident, due_at, id, returned_at, voided_at)
	WHERE returned_at IS NULL AND voided_at IS NULL;
CREATE INDEX loan_ended_resident ON loan (resident, lent_at, id)
	WHERE returned_at IS NOT NULL OR voided_at IS NOT NULL;
-- Also tells when an item last came back, without a look at its loans.
CREATE INDEX loan_ended_item ON loan (item, lent_at, id, returned_at, voided_at)
	WHERE returned_at IS NOT NULL OR voided_at IS NOT NULL;

-- As in 001/loans.sql: how many loans share a value.
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
	('loan', 'loan_open', '3000 1 1 1 1 1'),
	('loan', 'loan_ended_resident', '2000000 30 1 1'),
	('loan', 'loan_ended_item', '2000000 100 1 1 1 1');
ANALYZE sqlite_schema;
