-- A file is kept until its import is done, so that a broken import goes on where it stopped.
CREATE TABLE operational.import_files (
    sha256 text PRIMARY KEY,
    name text NOT NULL,
    content bytea NOT NULL,
    received_at timestamptz NOT NULL,
    done boolean NOT NULL DEFAULT false
);

-- Events that a family of read tables could not take, each with its error.
CREATE TABLE operational.parked_events (
    family text NOT NULL,
    position bigint NOT NULL,
    topic text NOT NULL,
    error text NOT NULL,
    attempts int NOT NULL,
    parked_at timestamptz NOT NULL,
    PRIMARY KEY (family, position)
);
