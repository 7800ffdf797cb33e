-- Which column of a source is what, as somebody said it: the source is known again by its
-- headings, in whatever order they stand.
CREATE TABLE operational.column_mappings (
    kind text NOT NULL,
    fingerprint text NOT NULL,
    headings text[] NOT NULL,
    mapping jsonb NOT NULL,
    file_name text NOT NULL,
    actor text NOT NULL,
    remembered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, fingerprint)
);

-- How far a file is that is being looked at or brought in, and whether somebody wants it stopped.
CREATE TABLE operational.import_runs (
    import_id uuid PRIMARY KEY,
    kind text NOT NULL,
    mode text NOT NULL,
    name text NOT NULL,
    actor text NOT NULL,
    state text NOT NULL,
    said text NOT NULL DEFAULT '',
    done int NOT NULL DEFAULT 0,
    total int NOT NULL DEFAULT 0,
    cancel_asked_by text,
    report jsonb,
    started_at timestamptz NOT NULL DEFAULT now(),
    heard_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX import_runs_started ON operational.import_runs (started_at);
