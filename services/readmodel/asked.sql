-- targets --
-- Targets of a year that are monitored, by unit, in the order of their declaration.
SELECT t.target_id, t.project_code, t.project_name, t.unit_code, t.unit_name
FROM targets t
WHERE t.fiscal_year = %(fiscal_year)s
  AND (%(unit)s::text IS NULL OR t.unit_code = %(unit)s OR t.unit_name = %(unit)s)
  AND (%(target_id)s::uuid IS NULL OR t.target_id = %(target_id)s)
  AND NOT EXISTS (SELECT FROM target_life l WHERE l.target_id = t.target_id)
ORDER BY coalesce(t.unit_code, t.unit_name), t.first_position

-- kinds_seen --
SELECT DISTINCT indicator_id FROM confirmed_indicators
WHERE target_id = ANY (%(targets)s) AND kind_seen

-- plans_set --
SELECT DISTINCT target_id FROM target_plans
WHERE target_id = ANY (%(targets)s) AND NOT declared

-- sharing_decided --
SELECT DISTINCT indicator_id FROM shared_indicators WHERE target_id = ANY (%(targets)s)

-- neighbours --
-- The monitored targets of the units of some targets, in the order of their declaration.
SELECT DISTINCT other.target_id, other.region, other.fiscal_year, other.unit_name,
       other.project_name, other.first_position
FROM targets mine
JOIN targets other ON other.region = mine.region AND other.fiscal_year = mine.fiscal_year
     AND other.unit_name = mine.unit_name
WHERE mine.target_id = ANY (%(targets)s)
  AND NOT EXISTS (SELECT FROM target_life l WHERE l.target_id = other.target_id)
ORDER BY other.first_position

-- last_year --
-- What was last reported the year before for the indicator of the same project, place and name.
SELECT DISTINCT ON (mine.indicator_id) mine.indicator_id, r.reported_on, r.document
FROM indicators mine
JOIN targets t ON t.target_id = mine.target_id
JOIN targets before ON before.region = t.region AND before.fiscal_year = t.fiscal_year - 1
     AND before.unit_name = t.unit_name AND before.project_name = t.project_name
JOIN indicators same ON same.target_id = before.target_id
     AND same.indicator_class = mine.indicator_class AND same.category = mine.category
     AND same.name = mine.name
JOIN reports r ON r.indicator_id = same.indicator_id AND r.part = 0
WHERE mine.target_id = ANY (%(targets)s)
ORDER BY mine.indicator_id, r.reported_on DESC, r.position DESC
