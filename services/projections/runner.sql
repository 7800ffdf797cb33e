-- running --
SELECT family, position FROM tracking WHERE halted_by IS NULL

-- move --
UPDATE tracking SET position = %(position)s WHERE family = %(family)s

-- halt --
UPDATE tracking SET halted_by = %(error)s WHERE family = %(family)s

-- park --
INSERT INTO operational.parked_events (family, position, topic, error, attempts, parked_at,
                                       skipped)
VALUES (%(family)s, %(position)s, %(topic)s, %(error)s, %(attempts)s, clock_timestamp(),
        %(skipped)s)
ON CONFLICT (family, position) DO UPDATE
SET error = excluded.error, attempts = operational.parked_events.attempts + excluded.attempts,
    parked_at = excluded.parked_at, skipped = excluded.skipped

-- is_skipped --
-- Read in the log itself: the skip may be recorded behind the event it is about.
SELECT 1 FROM log.events
WHERE topic = 'projection.skipped'
  AND convert_from(state, 'UTF8')::jsonb -> 'data' ->> 'family' = %(family)s
  AND (convert_from(state, 'UTF8')::jsonb -> 'data' ->> 'position')::bigint = %(position)s

-- lag --
SELECT family, position, halted_by FROM tracking ORDER BY family

-- parked --
SELECT family, position, topic, error, attempts, parked_at, skipped
FROM operational.parked_events
ORDER BY position, family

-- resume --
UPDATE tracking SET halted_by = NULL WHERE family = %(family)s

-- unpark --
-- What a halted family will try again; it is parked again if it fails again.
DELETE FROM operational.parked_events AS parked USING tracking
WHERE tracking.family = %(family)s AND parked.family = tracking.family
  AND parked.position > tracking.position

-- unpark_before --
-- What was parked before a rebuild and not again by it.
DELETE FROM operational.parked_events WHERE parked_at < %(began)s
