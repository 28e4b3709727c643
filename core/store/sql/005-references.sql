-- What a line refers to is a column a noun, with a key: a bare "ref" was a donation to who read it
-- and a redemption to who wrote it. What stands in old lines is found by its id, which no two rows
-- of whatever noun share.

-- The community fund. What a line is follows from what it refers to: a sale, a donation, a
-- redemption for yuan, the line that it takes back; of none it is money given without a slip. Sales
-- and redemptions refer to their line too and are written after it.
CREATE TABLE fund_line_new (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL,
	fen INTEGER NOT NULL CHECK (fen <> 0),
	balance INTEGER NOT NULL CHECK (balance >= 0),
	sale INTEGER REFERENCES sale (id) DEFERRABLE INITIALLY DEFERRED,
	donation INTEGER REFERENCES donation (id),
	redemption INTEGER REFERENCES redemption (id) DEFERRABLE INITIALLY DEFERRED,
	reverses INTEGER UNIQUE REFERENCES fund_line (id),
	CHECK ((sale IS NOT NULL) + (donation IS NOT NULL) + (redemption IS NOT NULL)
		+ (reverses IS NOT NULL) <= 1),
	CHECK ((reverses IS NOT NULL) = (fen < 0))
) STRICT;
INSERT INTO fund_line_new (id, at, fen, balance, sale, donation, redemption, reverses)
	SELECT id, at, fen, balance,
		CASE WHEN reverses IS NULL THEN (SELECT sale.id FROM sale WHERE sale.id = ref) END,
		CASE WHEN reverses IS NULL
			THEN (SELECT donation.id FROM donation WHERE donation.id = ref) END,
		CASE WHEN reverses IS NULL
			THEN (SELECT redemption.id FROM redemption WHERE redemption.id = ref) END,
		reverses
	FROM fund_line;
DROP TABLE fund_line;
ALTER TABLE fund_line_new RENAME TO fund_line;

-- What was earned, and for what: a line of service hours, a neighbour's help, a donation; of none
-- an act by hand.
CREATE TABLE earning_new (
	id INTEGER PRIMARY KEY,
	rule INTEGER NOT NULL REFERENCES earn_rule (id),
	code TEXT NOT NULL, -- the rule's: its later versions are the same rule
	account INTEGER NOT NULL REFERENCES account (id),
	service_hours INTEGER REFERENCES service_hours (id) DEFERRABLE INITIALLY DEFERRED,
	skill_service INTEGER REFERENCES skill_service (id),
	donation INTEGER REFERENCES donation (id),
	on_day TEXT NOT NULL,
	minutes INTEGER NOT NULL DEFAULT 0 CHECK (minutes >= 0),
	points INTEGER NOT NULL CHECK (points >= 0), -- 0: a cap was reached
	status TEXT NOT NULL CHECK (status IN ('posted', 'waiting', 'declined')),
	transfer INTEGER UNIQUE REFERENCES transfer (id),
	CHECK ((service_hours IS NOT NULL) + (skill_service IS NOT NULL) + (donation IS NOT NULL)
		<= 1),
	CHECK ((status = 'posted' AND points > 0) = (transfer IS NOT NULL))
) STRICT;
INSERT INTO earning_new (id, rule, code, account, service_hours, skill_service, donation, on_day,
		minutes, points, status, transfer)
	SELECT id, rule, code, account,
		(SELECT service_hours.id FROM service_hours WHERE service_hours.id = ref),
		(SELECT skill_service.id FROM skill_service WHERE skill_service.id = ref),
		(SELECT donation.id FROM donation WHERE donation.id = ref),
		on_day, minutes, points, status, transfer
	FROM earning;
DROP TABLE earning;
ALTER TABLE earning_new RENAME TO earning;
CREATE INDEX earning_day ON earning (account, on_day);
CREATE INDEX earning_on ON earning (on_day);
CREATE INDEX earning_waiting ON earning (id) WHERE status = 'waiting';

-- Once for each, by the same rule. A reversal makes no room for a second one: that is an act by
-- hand.
CREATE UNIQUE INDEX earning_hours ON earning (service_hours, account, code)
	WHERE service_hours IS NOT NULL;
CREATE UNIQUE INDEX earning_skill ON earning (skill_service, account, code)
	WHERE skill_service IS NOT NULL;
CREATE UNIQUE INDEX earning_donation ON earning (donation, account, code)
	WHERE donation IS NOT NULL;

-- 押分: for a loan or for a booking. A settled one of 0.1.0 may name neither: it had no key that
-- saw to it.
CREATE TABLE freeze_new (
	id INTEGER PRIMARY KEY,
	account INTEGER NOT NULL REFERENCES account (id),
	points INTEGER NOT NULL CHECK (points > 0),
	taken INTEGER NOT NULL DEFAULT 0 CHECK (taken BETWEEN 0 AND points), -- kept for damage
	loan INTEGER REFERENCES loan (id) DEFERRABLE INITIALLY DEFERRED,
	booking INTEGER REFERENCES booking (id) DEFERRABLE INITIALLY DEFERRED,
	frozen_at INTEGER NOT NULL,
	settled_at INTEGER,
	transfer INTEGER NOT NULL UNIQUE REFERENCES transfer (id), -- that froze them
	settlement INTEGER UNIQUE REFERENCES transfer (id), -- given back, or taken in part
	CHECK ((loan IS NOT NULL) + (booking IS NOT NULL) = 1
		OR (loan IS NULL AND booking IS NULL AND settled_at IS NOT NULL)),
	CHECK ((settled_at IS NULL) = (settlement IS NULL)),
	CHECK (taken = 0 OR settled_at IS NOT NULL)
) STRICT;
INSERT INTO freeze_new (id, account, points, taken, loan, booking, frozen_at, settled_at, transfer,
		settlement)
	SELECT id, account, points, taken,
		(SELECT loan.id FROM loan WHERE loan.id = ref),
		(SELECT booking.id FROM booking WHERE booking.id = ref),
		frozen_at, settled_at, transfer, settlement
	FROM freeze;
DROP TABLE freeze;
ALTER TABLE freeze_new RENAME TO freeze;
CREATE UNIQUE INDEX freeze_loan ON freeze (loan) WHERE settled_at IS NULL;
CREATE UNIQUE INDEX freeze_booking ON freeze (booking) WHERE settled_at IS NULL;
CREATE INDEX freeze_account ON freeze (account) WHERE settled_at IS NULL;

-- 商户结算: what a merchant is owed for what was had there, settled. Points that were paid for it
-- lie in the merchant's own account until then; of vouchers that nobody used they go into the pool.
INSERT INTO table_class VALUES ('settlement', 'domain');

CREATE TABLE settlement (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	body INTEGER NOT NULL REFERENCES body (id),
	points INTEGER NOT NULL CHECK (points >= 0), -- of what was had
	fen INTEGER NOT NULL CHECK (fen >= 0),       -- that it brought the fund
	lapsed INTEGER NOT NULL CHECK (lapsed >= 0), -- points of vouchers that nobody used in time
	transfer INTEGER UNIQUE REFERENCES transfer (id),
	settled_at INTEGER NOT NULL,
	undone_at INTEGER,
	CHECK ((points + lapsed > 0) = (transfer IS NOT NULL))
) STRICT;
CREATE INDEX settlement_body ON settlement (body, number);

-- In which it was settled with its merchant.
ALTER TABLE redemption ADD COLUMN settlement INTEGER REFERENCES settlement (id);
CREATE INDEX redemption_settled ON redemption (settlement) WHERE settlement IS NOT NULL;
CREATE INDEX redemption_unsettled ON redemption (reward)
	WHERE settlement IS NULL AND undone_at IS NULL;
