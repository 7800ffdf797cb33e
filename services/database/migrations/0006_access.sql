-- What signs people in. None of it is in the log, which is for ever and is exported:
-- the log holds that something changed, and by whom.

-- Hashes name their scheme; the last ones are kept so that none comes back.
CREATE TABLE operational.credentials (
    account_id uuid PRIMARY KEY,
    hash text NOT NULL,
    earlier text[] NOT NULL DEFAULT '{}',
    changed_at timestamptz NOT NULL,
    must_change boolean NOT NULL DEFAULT false
);

-- Sessions by the digest of their key; the key itself is only in the browser.
CREATE TABLE operational.sessions (
    digest bytea PRIMARY KEY,
    session_id uuid NOT NULL UNIQUE,
    account_id uuid NOT NULL,
    opened_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    address text NOT NULL,
    agent text NOT NULL
);
CREATE INDEX sessions_account ON operational.sessions (account_id);

-- Keys for programs, and for people at the command line.
CREATE TABLE operational.tokens (
    token_id uuid PRIMARY KEY,
    digest bytea NOT NULL UNIQUE,
    account_id uuid NOT NULL,
    label text NOT NULL,
    actions text[],
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX tokens_account ON operational.tokens (account_id);

-- Links that are good for one use: the first administrator, a reset by the desk.
CREATE TABLE operational.invitations (
    digest bytea PRIMARY KEY,
    purpose text NOT NULL,
    account_id uuid,
    expires_at timestamptz NOT NULL
);

-- Tries to sign in that were not right, by login name as typed (its digest) and by address.
CREATE TABLE operational.sign_in_tries (
    key bytea PRIMARY KEY,
    count int NOT NULL,
    last_at timestamptz NOT NULL
);

-- Who did and read what, refused or not; grows only, like the log. Removed by age alone, by
-- the owner (services/access/audit.py).
CREATE TABLE log.audit (
    number bigserial PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    account_id uuid,
    what text NOT NULL,
    subject text NOT NULL,
    outcome text NOT NULL,
    address text NOT NULL,
    request_id text NOT NULL,
    detail text NOT NULL
);
CREATE INDEX audit_at ON log.audit (at);
