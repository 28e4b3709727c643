-- What points buy, and what was had for them; rights of use against a duty.

INSERT INTO table_class VALUES
	('reward', 'domain'), ('redemption', 'domain'), ('voucher', 'domain'),
	('use_right', 'domain'), ('use_right_private', 'private'), ('use_check', 'domain'),
	('use_check_private', 'private');

-- What is on offer. A reward that changes gets a new row under the same code.
CREATE TABLE reward (
	id INTEGER PRIMARY KEY,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('goods', 'service', 'room', 'activity', 'voucher')),
	points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0), -- 0: not for points
	fen INTEGER NOT NULL DEFAULT 0 CHECK (fen >= 0),       -- into the fund; 0: not for money
	title INTEGER REFERENCES title (id), -- a consumable whose stock falls with it
	stock INTEGER CHECK (stock >= 0),    -- counted here; NULL: any number
	body INTEGER REFERENCES body (id),   -- the merchant
	service_minutes INTEGER NOT NULL DEFAULT 0 CHECK (service_minutes >= 0), -- asked for first
	month_limit INTEGER CHECK (month_limit > 0), -- a person and month
	valid_days INTEGER CHECK (valid_days > 0),   -- of a voucher
	ended_at INTEGER,
	CHECK (points > 0 OR fen > 0),
	CHECK (title IS NULL OR stock IS NULL),
	CHECK ((kind = 'voucher') = (valid_days IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX reward_code ON reward (code) WHERE ended_at IS NULL;

-- A reward that somebody took, for points or for yuan that go to the fund.
CREATE TABLE redemption (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	reward INTEGER NOT NULL REFERENCES reward (id),
	resident INTEGER REFERENCES resident (id),
	body INTEGER REFERENCES body (id),
	count INTEGER NOT NULL CHECK (count > 0),
	points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
	fen INTEGER NOT NULL DEFAULT 0 CHECK (fen >= 0),
	transfer INTEGER UNIQUE REFERENCES transfer (id),
	fund_line INTEGER UNIQUE REFERENCES fund_line (id),
	redeemed_at INTEGER NOT NULL,
	undone_at INTEGER,
	CHECK ((resident IS NULL) <> (body IS NULL)),
	CHECK ((points > 0) = (transfer IS NOT NULL)),
	CHECK ((fen > 0) = (fund_line IS NOT NULL)),
	CHECK ((points > 0) <> (fen > 0))
) STRICT;
CREATE INDEX redemption_resident ON redemption (resident, reward, redeemed_at)
	WHERE resident IS NOT NULL;
CREATE INDEX redemption_body ON redemption (body, reward, redeemed_at) WHERE body IS NOT NULL;

-- A number that nobody can guess, good once.
CREATE TABLE voucher (
	id INTEGER PRIMARY KEY,
	redemption INTEGER NOT NULL UNIQUE REFERENCES redemption (id),
	code INTEGER NOT NULL UNIQUE CHECK (code BETWEEN 1 AND 9007199254740991),
	expires_at INTEGER NOT NULL,
	used_at INTEGER
) STRICT;

CREATE TRIGGER voucher_once BEFORE UPDATE OF used_at ON voucher WHEN OLD.used_at IS NOT NULL
BEGIN
	SELECT RAISE(ABORT, 'a voucher is used once');
END;

-- 以服务置换使用权: the use of a garden bed against looking after the garden. What was agreed
-- in words is in use_right_private.
CREATE TABLE use_right (
	id INTEGER PRIMARY KEY,
	number INTEGER NOT NULL UNIQUE,
	resident INTEGER REFERENCES resident (id),
	body INTEGER REFERENCES body (id),
	from_on TEXT NOT NULL,
	until_on TEXT NOT NULL CHECK (until_on >= from_on), -- the last day
	check_days INTEGER NOT NULL CHECK (check_days > 0), -- the duty is looked at so often
	agreed_at INTEGER NOT NULL,
	ended_at INTEGER,
	CHECK ((resident IS NULL) <> (body IS NULL))
) STRICT;

CREATE TABLE use_right_private (
	id INTEGER PRIMARY KEY REFERENCES use_right (id),
	what TEXT,        -- 3 号菜地
	duty TEXT,        -- 每周打理花园一次
	consequence TEXT  -- 两次未做到，菜地转给下一户
) STRICT;

-- Was the duty done?
CREATE TABLE use_check (
	id INTEGER PRIMARY KEY,
	use_right INTEGER NOT NULL REFERENCES use_right (id),
	checked_at INTEGER NOT NULL,
	is_kept INTEGER NOT NULL CHECK (is_kept IN (0, 1))
) STRICT;
CREATE INDEX use_check_right ON use_check (use_right, id);

CREATE TABLE use_check_private (
	id INTEGER PRIMARY KEY REFERENCES use_check (id),
	note TEXT
) STRICT;
