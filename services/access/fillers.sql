-- keep --
INSERT INTO operational.fillers
    (filler_id, account_id, name, telephone, first_used_at, last_used_at)
VALUES (%(filler_id)s, %(account_id)s, %(name)s, %(telephone)s, %(now)s, %(now)s)
ON CONFLICT (account_id, name, telephone) DO UPDATE SET last_used_at = EXCLUDED.last_used_at
RETURNING filler_id, account_id, name, telephone, first_used_at, last_used_at

-- one --
SELECT filler_id, account_id, name, telephone, first_used_at, last_used_at
FROM operational.fillers WHERE filler_id = %(filler_id)s AND account_id = %(account_id)s

-- of_account --
SELECT filler_id, account_id, name, telephone, first_used_at, last_used_at
FROM operational.fillers WHERE account_id = %(account_id)s
ORDER BY last_used_at DESC, name
