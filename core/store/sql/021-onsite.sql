-- A sewing machine is used in the house: what is added to such a category is used there only.

ALTER TABLE category ADD COLUMN is_onsite INTEGER NOT NULL DEFAULT 0 CHECK (is_onsite IN (0, 1));
