-- start --
-- A run that is gone on with stays that of whoever began it.
INSERT INTO operational.import_runs (import_id, kind, mode, name, actor, state, draft_id)
VALUES (%(import_id)s, %(kind)s, 'commit', %(name)s, %(actor)s, 'running', %(draft_id)s)
ON CONFLICT (import_id) DO UPDATE
SET state = 'running', said = '', done = 0, total = 0, report = NULL, cancel_asked_by = NULL,
    draft_id = coalesce(excluded.draft_id, import_runs.draft_id), heard_at = now()

-- look --
-- A preview is told of under its draft's own id, for as long as it is made.
INSERT INTO operational.import_runs (import_id, kind, mode, name, actor, state, draft_id, said)
VALUES (%(import_id)s, %(kind)s, 'preview', %(name)s, %(actor)s, 'running', %(import_id)s, '')
ON CONFLICT (import_id) DO UPDATE SET said = '', done = 0, total = 0, heard_at = now()

-- seen --
SELECT said, done, total FROM operational.import_runs
WHERE import_id = %(import_id)s AND mode = 'preview' AND actor = %(actor)s

-- hear --
UPDATE operational.import_runs
SET said = %(said)s, done = %(done)s, total = %(total)s, heard_at = now()
WHERE import_id = %(import_id)s
RETURNING cancel_asked_by

-- end --
UPDATE operational.import_runs
SET state = %(state)s, said = %(said)s, report = %(report)s, heard_at = now()
WHERE import_id = %(import_id)s

-- ask_to_stop --
UPDATE operational.import_runs SET cancel_asked_by = %(by)s
WHERE import_id = %(import_id)s AND state = 'running'

-- forget --
DELETE FROM operational.import_runs WHERE import_id = %(import_id)s

-- load --
SELECT import_id, kind, name, actor, draft_id, said, done, total, report, cancel_asked_by,
       started_at, heard_at,
       CASE WHEN state = 'running'
                 AND pg_try_advisory_xact_lock_shared(%(lock)s, hashtext(import_id::text))
            THEN 'broken' ELSE state END AS state
FROM operational.import_runs
WHERE mode = 'commit' AND import_id = %(import_id)s AND (%(actor)s::text IS NULL OR actor = %(actor)s)

-- listed --
-- What a process that died left behind says that it runs, and nobody holds its lock.
SELECT import_id, kind, name, actor, draft_id, said, done, total, report, cancel_asked_by,
       started_at, heard_at,
       CASE WHEN state = 'running'
                 AND pg_try_advisory_xact_lock_shared(%(lock)s, hashtext(import_id::text))
            THEN 'broken' ELSE state END AS state
FROM operational.import_runs
WHERE mode = 'commit' AND (%(actor)s::text IS NULL OR actor = %(actor)s) AND (%(all)s OR state <> 'done')
ORDER BY started_at DESC, import_id LIMIT %(limit)s

-- of_draft --
SELECT import_id FROM operational.import_runs WHERE mode = 'commit' AND draft_id = %(draft_id)s
ORDER BY started_at DESC LIMIT 1

-- hold --
SELECT pg_advisory_lock(%(lock)s, hashtext(%(import_id)s::uuid::text))

-- is_free --
SELECT pg_try_advisory_xact_lock_shared(%(lock)s, hashtext(%(import_id)s::uuid::text))
