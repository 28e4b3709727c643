-- What people said holds: whoever left a place, or was taken off it by hand, is not planned into that
-- shift again until it is let go. A plan lets go at once of those whom it takes off itself.
ALTER TABLE assignment ADD COLUMN let_go_at INTEGER;

-- Told, too: that somebody is no longer needed for a shift.
CREATE TABLE message_new (
	id INTEGER PRIMARY KEY,
	resident INTEGER NOT NULL REFERENCES resident (id),
	written_at INTEGER NOT NULL,
	read_at INTEGER,
	kind TEXT CHECK (kind IN ('booking_served', 'booking_approved', 'booking_declined',
		'booking_called_off', 'booking_settled', 'shift_called_off', 'shift_swapped',
		'shift_taken_off', 'points_expire')),
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
CREATE UNIQUE INDEX message_expiry ON message (resident, start_at) WHERE kind = 'points_expire';
