-- import_started --
INSERT INTO imports (import_id, position, recorded_at, region, fiscal_year, kind, name, sha256,
                     actor, rows, refused, stored, known, conflicts, complete_to)
VALUES (%(import_id)s, %(position)s, %(recorded_at)s, %(region)s, %(fiscal_year)s, %(kind)s,
        %(name)s, %(sha256)s, %(actor)s, %(rows)s, %(refused)s, 0, 0, 0, %(complete_to)s)

-- corrected --
UPDATE imports SET corrections = %(corrections)s WHERE import_id = %(import_id)s

-- chunk_stored --
UPDATE imports
SET stored = stored + %(stored)s, known = known + %(known)s, conflicts = conflicts + %(conflicts)s
WHERE import_id = %(import_id)s

-- import_completed --
UPDATE imports SET completed_position = %(position)s WHERE import_id = %(import_id)s

-- terms_set --
INSERT INTO policies (region, number, position, recorded_at, in_force_from, reason, actor, document)
VALUES (%(region)s, %(number)s, %(position)s, %(recorded_at)s, %(in_force_from)s, %(reason)s,
        %(actor)s, %(document)s)

-- round_opened --
INSERT INTO rounds (round_id, name, position, recorded_at, region, fiscal_year, document)
VALUES (%(round_id)s, %(name)s, %(position)s, %(recorded_at)s, %(region)s, %(fiscal_year)s,
        %(document)s)

-- evaluated --
INSERT INTO evaluations (position, recorded_at, region, fiscal_year, as_of, known_at,
                         policy_version, targets, raised, worsened, eased, resolved)
VALUES (%(position)s, %(recorded_at)s, %(region)s, %(fiscal_year)s, %(as_of)s, %(known_at)s,
        %(policy_version)s, %(targets)s, %(raised)s, %(worsened)s, %(eased)s, %(resolved)s)
