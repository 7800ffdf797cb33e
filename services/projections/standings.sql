-- evaluated_before --
SELECT as_of FROM evaluations
WHERE fiscal_year = %(fiscal_year)s AND position < %(position)s
ORDER BY position DESC LIMIT 1

-- target --
INSERT INTO target_standings (fiscal_year, as_of, known_at, target_id, unit, money_light,
                              goals_light, worst, missing, budget, executed, document)
VALUES (%(fiscal_year)s, %(as_of)s, %(known_at)s, %(target_id)s, %(unit)s, %(money_light)s,
        %(goals_light)s, %(worst)s, %(missing)s, %(budget)s, %(executed)s, %(document)s)
ON CONFLICT (fiscal_year, as_of, known_at, target_id) DO NOTHING

-- indicator --
INSERT INTO indicator_standings (fiscal_year, as_of, known_at, target_id, indicator_id, light,
                                 not_reported, reading_on)
VALUES (%(fiscal_year)s, %(as_of)s, %(known_at)s, %(target_id)s, %(indicator_id)s, %(light)s,
        %(not_reported)s, %(reading_on)s)
ON CONFLICT (fiscal_year, as_of, known_at, indicator_id) DO NOTHING

-- unit --
INSERT INTO unit_standings (fiscal_year, as_of, known_at, unit, light, document)
VALUES (%(fiscal_year)s, %(as_of)s, %(known_at)s, %(unit)s, %(light)s, %(document)s)
ON CONFLICT (fiscal_year, as_of, known_at, unit) DO NOTHING
