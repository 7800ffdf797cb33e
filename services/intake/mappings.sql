-- remember --
INSERT INTO operational.column_mappings
    (kind, fingerprint, headings, mapping, file_name, actor, remembered_at)
VALUES (%(kind)s, %(fingerprint)s, %(headings)s, %(mapping)s, %(file_name)s, %(actor)s, now())
ON CONFLICT (kind, fingerprint) DO UPDATE
SET headings = excluded.headings, mapping = excluded.mapping, file_name = excluded.file_name,
    actor = excluded.actor, remembered_at = excluded.remembered_at

-- of_kind --
SELECT fingerprint, mapping FROM operational.column_mappings WHERE kind = %(kind)s

-- all --
SELECT kind, fingerprint, headings, mapping, file_name, actor, remembered_at
FROM operational.column_mappings ORDER BY remembered_at DESC

-- forget --
DELETE FROM operational.column_mappings
WHERE kind = %(kind)s AND fingerprint = %(fingerprint)s
