-- What a request with an Idempotency-Key was answered, so that the same one again is answered
-- as the first time. A row without a body is a request whose answer never got out.
CREATE TABLE operational.api_requests (
    key uuid PRIMARY KEY,
    digest bytea NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    body text
);
CREATE INDEX api_requests_received_at ON operational.api_requests (received_at);
