-- Signing in by an identity provider: who is whom, and what was begun and not finished.

-- By (issuer, subject) and by nothing else: names and addresses change hands.
CREATE TABLE operational.identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    account_id uuid NOT NULL,
    linked_at timestamptz NOT NULL,
    last_used_at timestamptz,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_account ON operational.identities (account_id);

-- Begun by a browser (the digest of its key) and good for one answer within minutes.
CREATE TABLE operational.pending_sign_ins (
    state bytea PRIMARY KEY,
    browser bytea NOT NULL,
    nonce text NOT NULL,
    verifier text NOT NULL,
    wanted text NOT NULL,
    invitation bytea,
    address text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX pending_sign_ins_address ON operational.pending_sign_ins (address);

-- How a session was opened: by a password, or by an identity provider.
ALTER TABLE operational.sessions ADD COLUMN way text NOT NULL DEFAULT 'password';
