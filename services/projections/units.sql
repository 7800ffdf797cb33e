-- registered --
INSERT INTO unit_changes (unit_id, position, recorded_at, region, on_day, document)
VALUES (%(unit_id)s, %(position)s, %(recorded_at)s, %(region)s, %(on_day)s, %(document)s)

-- changed --
INSERT INTO unit_changes (unit_id, position, recorded_at, region, on_day, document)
SELECT unit_id, %(position)s, %(recorded_at)s, region, %(on_day)s, %(document)s
FROM unit_changes WHERE unit_id = %(unit_id)s
ORDER BY position LIMIT 1
