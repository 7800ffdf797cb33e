-- invite --
INSERT INTO operational.invitations (digest, purpose, account_id, expires_at)
VALUES (%(digest)s, %(purpose)s, %(account_id)s, %(expires_at)s)

-- withdraw --
DELETE FROM operational.invitations
WHERE expires_at <= %(now)s OR (purpose = %(purpose)s AND account_id IS NOT DISTINCT FROM %(account_id)s)

-- find --
SELECT purpose, account_id FROM operational.invitations
WHERE digest = %(digest)s AND expires_at > %(now)s

-- take --
DELETE FROM operational.invitations
WHERE digest = %(digest)s AND purpose = %(purpose)s AND expires_at > %(now)s
RETURNING purpose, account_id
