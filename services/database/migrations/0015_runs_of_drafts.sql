-- The file that is looked at of which a run is the storing; NULL for what came by another door.
ALTER TABLE operational.import_runs ADD COLUMN draft_id uuid;
CREATE INDEX import_runs_draft ON operational.import_runs (draft_id);
