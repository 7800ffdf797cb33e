-- open --
INSERT INTO operational.sessions (digest, session_id, account_id, opened_at, seen_at, address, agent, way)
VALUES (%(digest)s, %(session_id)s, %(account_id)s, %(now)s, %(now)s, %(address)s, %(agent)s, %(way)s)

-- find --
SELECT session_id, account_id, opened_at, seen_at, address, agent, way, filler_id FROM operational.sessions
WHERE digest = %(digest)s AND seen_at > %(idle_since)s AND opened_at > %(opened_since)s

-- seen --
UPDATE operational.sessions SET seen_at = %(now)s WHERE session_id = %(session_id)s

-- fill_in --
UPDATE operational.sessions SET filler_id = %(filler_id)s WHERE session_id = %(session_id)s

-- of_account --
SELECT session_id, account_id, opened_at, seen_at, address, agent, way, filler_id FROM operational.sessions
WHERE account_id = %(account_id)s AND seen_at > %(idle_since)s AND opened_at > %(opened_since)s
ORDER BY seen_at DESC

-- end --
DELETE FROM operational.sessions WHERE session_id = %(session_id)s AND account_id = %(account_id)s

-- end_key --
DELETE FROM operational.sessions WHERE digest = %(digest)s

-- end_all --
DELETE FROM operational.sessions
WHERE account_id = %(account_id)s AND session_id IS DISTINCT FROM %(but)s

-- tidy --
DELETE FROM operational.sessions WHERE seen_at <= %(idle_since)s OR opened_at <= %(opened_since)s
