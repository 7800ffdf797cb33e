-- keep --
INSERT INTO operational.evidence_keys (evidence_id, digest, key, name)
VALUES (%(evidence_id)s, %(digest)s, %(key)s, %(name)s)

-- find --
SELECT key, name FROM operational.evidence_keys
WHERE evidence_id = %(evidence_id)s AND digest = %(digest)s

-- destroy --
DELETE FROM operational.evidence_keys WHERE evidence_id = %(evidence_id)s

-- forget --
DELETE FROM operational.evidence_keys WHERE digest = %(digest)s

-- of --
SELECT DISTINCT evidence_id FROM operational.evidence_keys WHERE evidence_id = ANY (%(ids)s)

-- kept_between --
SELECT evidence_id, digest FROM operational.evidence_keys
WHERE kept_at > %(since)s AND kept_at <= %(until)s
