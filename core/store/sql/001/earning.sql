-- What earns points, and what was earned.

INSERT INTO table_class VALUES
	('earn_rule', 'domain'), ('earning', 'domain'), ('skill_service', 'domain');

-- How service is paid. A rule that changes gets a new row under the same code.
CREATE TABLE earn_rule (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	source TEXT NOT NULL CHECK (source IN ('shift', 'activity', 'skill', 'donation', 'act')),
	per TEXT NOT NULL CHECK (per IN ('hour', 'time')),
	points INTEGER NOT NULL CHECK (points > 0),
	cap_day INTEGER CHECK (cap_day > 0),   -- points, per person
	cap_once INTEGER CHECK (cap_once > 0), -- points, per activity or act
	night_percent INTEGER NOT NULL DEFAULT 100 CHECK (night_percent BETWEEN 100 AND 1000),
	holiday_percent INTEGER NOT NULL DEFAULT 100 CHECK (holiday_percent BETWEEN 100 AND 1000),
	approver TEXT NOT NULL CHECK (approver IN ('none', 'volunteer', 'coordinator')),
	payer TEXT NOT NULL DEFAULT 'issue' CHECK (payer IN ('issue', 'pool', 'asker')),
	ended_at INTEGER,
	CHECK (payer <> 'asker' OR source = 'skill')
) STRICT;
CREATE UNIQUE INDEX earn_rule_code ON earn_rule (code) WHERE ended_at IS NULL;

-- What somebody has earned by a rule: posted, waiting for whoever approves, or declined.
CREATE TABLE earning (
	id INTEGER PRIMARY KEY,
	rule INTEGER NOT NULL REFERENCES earn_rule (id),
	code TEXT NOT NULL, -- the rule's: its later versions are the same rule
	account INTEGER NOT NULL REFERENCES account (id),
	ref INTEGER, -- the attendance, activity …: pays once
	on_day TEXT NOT NULL,
	minutes INTEGER NOT NULL DEFAULT 0 CHECK (minutes >= 0),
	points INTEGER NOT NULL CHECK (points >= 0), -- 0: a cap was reached
	status TEXT NOT NULL CHECK (status IN ('posted', 'waiting', 'declined')),
	transfer INTEGER UNIQUE REFERENCES transfer (id),
	CHECK ((status = 'posted' AND points > 0) = (transfer IS NOT NULL))
) STRICT;
CREATE INDEX earning_day ON earning (account, on_day);
CREATE INDEX earning_on ON earning (on_day);
CREATE INDEX earning_waiting ON earning (id) WHERE status = 'waiting';

-- A reversal makes no room for a second one: that is an act by hand.
CREATE UNIQUE INDEX earning_once ON earning (ref, account, code) WHERE ref IS NOT NULL;

-- 技能互助: agreed, then confirmed by both sides, then paid.
CREATE TABLE skill_service (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	rule INTEGER NOT NULL REFERENCES earn_rule (id),
	helper INTEGER NOT NULL REFERENCES resident (id),
	asker INTEGER NOT NULL REFERENCES resident (id) CHECK (asker <> helper),
	minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
	agreed_at INTEGER NOT NULL,
	helper_at INTEGER, -- confirmed
	asker_at INTEGER,
	cancelled_at INTEGER,
	earning INTEGER UNIQUE REFERENCES earning (id),
	CHECK (earning IS NULL OR (helper_at IS NOT NULL AND asker_at IS NOT NULL)),
	CHECK (cancelled_at IS NULL OR earning IS NULL)
) STRICT;
CREATE INDEX skill_service_helper ON skill_service (helper)
	WHERE earning IS NULL AND cancelled_at IS NULL;
CREATE INDEX skill_service_asker ON skill_service (asker)
	WHERE earning IS NULL AND cancelled_at IS NULL;
