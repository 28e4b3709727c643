-- Where a member of staff has said that the clock is right although the journal spoke against it:
-- between two such rows time does not go back. A day is looked for between each two of them.
CREATE INDEX journal_clock ON journal (seq) WHERE kind = 'clock.accept';
