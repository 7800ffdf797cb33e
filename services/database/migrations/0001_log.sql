-- The log: the table that the eventsourcing library's PostgresApplicationRecorder expects
-- (schema log, table events), and one row an append, which gives a position its time.
CREATE TABLE log.events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigserial,
    PRIMARY KEY (originator_id, originator_version)
) WITH (
    -- Rows never die here; what counts is that the planner knows how many there are.
    autovacuum_analyze_threshold = 1000,
    autovacuum_analyze_scale_factor = 0.01
);

CREATE UNIQUE INDEX events_notification_id_idx ON log.events (notification_id ASC);

CREATE TYPE log.stored_event_uuid AS (
    originator_id uuid,
    originator_version bigint,
    topic text,
    state bytea
);

CREATE TABLE log.appends (
    first_position bigint PRIMARY KEY,
    last_position bigint NOT NULL UNIQUE,
    recorded_at timestamptz NOT NULL,
    command_id uuid UNIQUE,
    digest bytea,
    answer jsonb,
    CHECK (last_position >= first_position)
);

CREATE INDEX appends_recorded_at_idx ON log.appends (recorded_at);
