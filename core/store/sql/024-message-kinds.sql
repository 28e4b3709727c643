-- The program tells more: points that will expire, shifts that were called off or changed.
CREATE TABLE message_new (
	id INTEGER PRIMARY KEY,
	resident INTEGER NOT NULL REFERENCES resident (id),
	written_at INTEGER NOT NULL,
	read_at INTEGER,
	kind TEXT CHECK (kind IN ('booking_served', 'booking_approved', 'booking_declined',
		'booking_called_off', 'booking_settled', 'shift_called_off', 'shift_swapped',
		'points_expire')),
	about TEXT, -- the venue's or shift's name, as it was
	start_at INTEGER,
	end_at INTEGER,
	points INTEGER, -- that were taken, or will expire
	points_back INTEGER
) STRICT;
INSERT INTO message_new SELECT id, resident, written_at, read_at, kind, about, start_at, end_at,
	points, points_back FROM message;
DROP TABLE message;
ALTER TABLE message_new RENAME TO message;
CREATE INDEX message_unread ON message (resident) WHERE read_at IS NULL;
