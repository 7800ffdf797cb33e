-- keep --
INSERT INTO operational.import_files (import_id, sha256, name, content, options, received_at)
VALUES (%(import_id)s, %(sha256)s, %(name)s, %(content)b, %(options)s, now())
ON CONFLICT (import_id) DO UPDATE
SET name = excluded.name, content = excluded.content, options = excluded.options, done = false
WHERE import_files.done

-- load --
SELECT import_id, sha256, name, content, options
FROM operational.import_files WHERE import_id = %(import_id)s AND NOT done

-- finish --
UPDATE operational.import_files SET done = true, content = ''
WHERE import_id = %(import_id)s AND NOT done

-- unfinished --
SELECT import_id FROM operational.import_files WHERE NOT done ORDER BY received_at
