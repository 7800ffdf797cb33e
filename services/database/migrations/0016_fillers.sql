-- Who fills in with an account that several people of a unit use. The name and the telephone are
-- not in the log, which is for ever: an event holds the id alone.
CREATE TABLE operational.fillers (
    filler_id uuid PRIMARY KEY,
    account_id uuid NOT NULL,
    name text NOT NULL,
    telephone text NOT NULL,
    first_used_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    UNIQUE (account_id, name, telephone)
);

ALTER TABLE operational.sessions ADD COLUMN filler_id uuid;
