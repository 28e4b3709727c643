-- Messages whose words are found when they are read, in the reader's language: what became of a
-- booking. Those in somebody's own words have a row in message_private as before.
ALTER TABLE message ADD COLUMN kind TEXT CHECK (kind IN ('booking_served', 'booking_approved',
	'booking_declined', 'booking_called_off', 'booking_settled'));
ALTER TABLE message ADD COLUMN about TEXT; -- the venue's name, as it was
ALTER TABLE message ADD COLUMN start_at INTEGER;
ALTER TABLE message ADD COLUMN end_at INTEGER;
ALTER TABLE message ADD COLUMN points INTEGER; -- that were taken
ALTER TABLE message ADD COLUMN points_back INTEGER;
