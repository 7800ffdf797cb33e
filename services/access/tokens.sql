-- issue --
INSERT INTO operational.tokens
    (token_id, digest, account_id, label, actions, issued_at, expires_at)
VALUES (%(token_id)s, %(digest)s, %(account_id)s, %(label)s, %(actions)s, %(now)s, %(expires_at)s)

-- find --
SELECT token_id, account_id, label, actions, issued_at, expires_at, last_used_at, revoked_at
FROM operational.tokens
WHERE digest = %(digest)s AND expires_at > %(now)s AND revoked_at IS NULL

-- used --
UPDATE operational.tokens SET last_used_at = %(now)s WHERE token_id = %(token_id)s

-- of_account --
SELECT token_id, account_id, label, actions, issued_at, expires_at, last_used_at, revoked_at
FROM operational.tokens WHERE account_id = %(account_id)s ORDER BY issued_at DESC

-- revoke --
UPDATE operational.tokens SET revoked_at = %(now)s
WHERE token_id = %(token_id)s AND account_id = %(account_id)s AND revoked_at IS NULL
