-- targets --
SELECT target_id, project_code, project_name, unit_code, unit_name
FROM targets WHERE region = %(region)s AND fiscal_year = %(fiscal_year)s
ORDER BY first_position

-- codes --
-- The first target of a code keeps it, so the first comes last into the book.
SELECT code, target_id FROM payment_codes
WHERE region = %(region)s AND fiscal_year = %(fiscal_year)s AND kind = 'project'
ORDER BY position DESC

-- matched --
-- A document number finds a target only where one alone has it.
SELECT fiscal_year, kind, code FROM payment_codes
WHERE region = %(region)s AND kind IN ('project', 'document') AND code = ANY (%(texts)s)
GROUP BY fiscal_year, kind, code
HAVING kind = 'project' OR count(*) = 1

-- unit_codes --
SELECT document::jsonb ->> 'code' FROM unit_changes
WHERE region = %(region)s AND document::jsonb ->> 'code' IS NOT NULL
UNION
SELECT unit_code FROM targets WHERE region = %(region)s AND unit_code IS NOT NULL

-- project_codes --
SELECT code FROM payment_codes WHERE region = %(region)s AND kind = 'project'
