-- Sales, swaps and gifts can be taken back on their day; what is missing is listed.

ALTER TABLE sale ADD COLUMN voided_at INTEGER;
ALTER TABLE swap ADD COLUMN voided_at INTEGER;
ALTER TABLE giveaway ADD COLUMN voided_at INTEGER;

CREATE INDEX item_missing ON item (number) WHERE status = 'missing';
