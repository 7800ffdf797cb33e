-- find --
SELECT hash, earlier, changed_at, must_change FROM operational.credentials
WHERE account_id = %(account_id)s

-- keep --
INSERT INTO operational.credentials (account_id, hash, earlier, changed_at, must_change)
VALUES (%(account_id)s, %(hash)s, %(earlier)s, %(changed_at)s, %(must_change)s)
ON CONFLICT (account_id) DO UPDATE SET
    hash = EXCLUDED.hash, earlier = EXCLUDED.earlier,
    changed_at = EXCLUDED.changed_at, must_change = EXCLUDED.must_change

-- renew_hash --
UPDATE operational.credentials SET hash = %(hash)s
WHERE account_id = %(account_id)s AND hash = %(known)s

-- any --
SELECT EXISTS (SELECT FROM operational.credentials)
