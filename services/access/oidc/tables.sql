-- begin --
INSERT INTO operational.pending_sign_ins
    (state, browser, nonce, verifier, wanted, invitation, address, expires_at)
VALUES (%(state)s, %(browser)s, %(nonce)s, %(verifier)s, %(wanted)s, %(invitation)s, %(address)s,
        %(expires_at)s)

-- tidy --
DELETE FROM operational.pending_sign_ins WHERE expires_at <= %(now)s

-- waiting --
SELECT count(*) FROM operational.pending_sign_ins WHERE address = %(address)s

-- take --
DELETE FROM operational.pending_sign_ins
WHERE state = %(state)s AND browser = %(browser)s AND expires_at > %(now)s
RETURNING nonce, verifier, wanted, invitation

-- find --
SELECT issuer, subject, account_id, linked_at, last_used_at FROM operational.identities
WHERE issuer = %(issuer)s AND subject = %(subject)s

-- of_account --
SELECT issuer, subject, account_id, linked_at, last_used_at FROM operational.identities
WHERE account_id = %(account_id)s ORDER BY linked_at

-- link --
INSERT INTO operational.identities (issuer, subject, account_id, linked_at)
VALUES (%(issuer)s, %(subject)s, %(account_id)s, %(now)s)
ON CONFLICT (issuer, subject) DO NOTHING

-- used --
UPDATE operational.identities SET last_used_at = %(now)s
WHERE issuer = %(issuer)s AND subject = %(subject)s

-- unlink --
DELETE FROM operational.identities WHERE account_id = %(account_id)s
