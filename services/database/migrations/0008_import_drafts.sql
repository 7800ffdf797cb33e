-- Files that were sent and are being looked at, with what was corrected in them; what is brought
-- in is in the log, and a draft that nobody goes on with is gone on its last day.
CREATE TABLE operational.import_drafts (
    draft_id uuid PRIMARY KEY,
    version int NOT NULL DEFAULT 1,
    name text NOT NULL,
    sha256 text NOT NULL,
    size int NOT NULL,
    content bytea NOT NULL,
    -- The grid of a form as it was read when it came, so that a page is not a reading.
    grid bytea,
    kind text,
    proposed text NOT NULL,
    options jsonb NOT NULL,
    corrections jsonb NOT NULL DEFAULT '[]',
    sent_by text NOT NULL,
    received_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    import_id uuid
);
CREATE INDEX import_drafts_expires_at ON operational.import_drafts (expires_at);
CREATE INDEX import_drafts_sha256 ON operational.import_drafts (sha256);
