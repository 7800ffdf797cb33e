-- A parked event that somebody skipped, with a reason in the log, is no finding any more.
ALTER TABLE operational.parked_events ADD COLUMN skipped boolean NOT NULL DEFAULT false;
