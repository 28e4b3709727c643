-- A resident is told once of what expires on a day, however often the night comes by.
CREATE UNIQUE INDEX message_expiry ON message (resident, start_at) WHERE kind = 'points_expire';
