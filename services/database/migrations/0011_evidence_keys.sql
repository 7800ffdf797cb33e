-- The key of each evidence file and how its sender called it. Neither is in the log, which is for
-- ever: destroying the row makes the file unreadable wherever copies of it lie.
CREATE TABLE operational.evidence_keys (
    digest text PRIMARY KEY,
    evidence_id uuid NOT NULL,
    key bytea NOT NULL,
    name text NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX evidence_keys_evidence ON operational.evidence_keys (evidence_id);
