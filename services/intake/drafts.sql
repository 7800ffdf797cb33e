-- keep --
-- The column grid is older than what it holds: the grid of a form with what was read of it.
INSERT INTO operational.import_drafts (draft_id, name, sha256, size, content, grid, kind, proposed,
                                       options, sent_by, received_at, expires_at)
VALUES (%(draft_id)s, %(name)s, %(sha256)s, %(size)s, %(content)b, %(document)b, %(kind)s, %(kind)s,
        %(options)s, %(sent_by)s, %(received_at)s, %(expires_at)s)

-- load --
SELECT draft_id, version, name, sha256, size, kind, proposed, options, corrections, sent_by,
       received_at, expires_at, import_id, content, grid AS document
FROM operational.import_drafts WHERE draft_id = %(draft_id)s AND sent_by = %(sent_by)s AND expires_at > %(now)s

-- waiting --
SELECT draft_id, version, name, sha256, size, kind, proposed, options, corrections, sent_by,
       received_at, expires_at, import_id, ''::bytea AS content, NULL::bytea AS document
FROM operational.import_drafts
WHERE sent_by = %(sent_by)s AND import_id IS NULL AND expires_at > %(now)s
ORDER BY received_at DESC, draft_id

-- same --
SELECT draft_id FROM operational.import_drafts
WHERE sent_by = %(sent_by)s AND sha256 = %(sha256)s AND import_id IS NULL AND expires_at > %(now)s
ORDER BY received_at LIMIT 1

-- change --
UPDATE operational.import_drafts
SET version = version + 1, kind = %(kind)s, options = %(options)s, corrections = %(corrections)s,
    grid = %(document)b
WHERE draft_id = %(draft_id)s AND version = %(version)s AND import_id IS NULL
RETURNING version

-- read_anew --
UPDATE operational.import_drafts
SET version = version + 1, kind = %(kind)s, options = %(options)s, corrections = %(corrections)s,
    grid = %(document)b, content = %(content)b
WHERE draft_id = %(draft_id)s AND version = %(version)s AND import_id IS NULL
RETURNING version

-- finish --
UPDATE operational.import_drafts
SET version = version + 1, import_id = %(import_id)s, content = '', grid = NULL, corrections = '[]'
WHERE draft_id = %(draft_id)s

-- discard --
DELETE FROM operational.import_drafts
WHERE draft_id = %(draft_id)s AND sent_by = %(sent_by)s AND import_id IS NULL

-- forget_old --
DELETE FROM operational.import_drafts WHERE expires_at <= %(now)s

-- hand_on --
UPDATE operational.import_drafts SET version = version + 1, sent_by = %(to)s
WHERE sent_by = %(sent_by)s AND import_id IS NULL AND expires_at > %(now)s
