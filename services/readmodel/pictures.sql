-- head --
-- The last position every family has read.
SELECT coalesce(min(position), 0) FROM tracking

-- complete_to --
SELECT payments_complete_to(%(fiscal_year)s::int, %(known_at)s::bigint)

-- policy --
SELECT number, document FROM policies
WHERE in_force_from <= %(as_of)s AND position <= %(known_at)s
ORDER BY in_force_from DESC, number DESC LIMIT 1

-- rounds --
SELECT document FROM rounds
WHERE fiscal_year = %(fiscal_year)s AND position <= %(known_at)s ORDER BY position

-- plans --
SELECT DISTINCT ON (target_id) target_id, document FROM target_plans
WHERE target_id = ANY (%(targets)s) AND position <= %(known_at)s AND effective_on <= %(as_of)s
ORDER BY target_id, effective_on DESC, position DESC

-- fund_lines --
SELECT target_id, document FROM fund_lines
WHERE target_id = ANY (%(targets)s) AND position <= %(known_at)s AND arrived_on <= %(as_of)s
  AND (ended_position IS NULL OR ended_position > %(known_at)s)
ORDER BY target_id, arrived_on, position, line_no

-- readings --
-- What is told about an indicator is read by all that are shared with it.
WITH decided AS (
    SELECT DISTINCT ON (indicator_id) indicator_id, target_id, group_id FROM shared_indicators
    WHERE position <= %(known_at)s ORDER BY indicator_id, position DESC
), reading AS (
    SELECT indicator_id AS reader, indicator_id AS told FROM indicators
    WHERE target_id = ANY (%(targets)s)
    UNION
    SELECT mine.indicator_id, other.indicator_id
    FROM decided mine JOIN decided other USING (group_id)
    WHERE mine.target_id = ANY (%(targets)s)
)
SELECT DISTINCT ON (reader, part) reader, document
FROM reading JOIN reports ON reports.indicator_id = told
WHERE position <= %(known_at)s AND reported_on <= %(as_of)s
ORDER BY reader, part, reported_on DESC, position DESC

-- executed --
SELECT target_id, kind, fund_nature, payee_account, sum(amount), max(paid_on)
FROM payment_entries
WHERE target_id = ANY (%(targets)s) AND position <= %(known_at)s AND paid_on <= %(judged_on)s
GROUP BY target_id, kind, fund_nature, payee_account

-- stages --
SELECT DISTINCT ON (target_id) target_id, stage FROM target_stages
WHERE target_id = ANY (%(targets)s) AND position <= %(known_at)s AND on_day <= %(as_of)s
ORDER BY target_id, position DESC

-- over_budget --
SELECT DISTINCT target_id FROM over_budget_confirmations
WHERE target_id = ANY (%(targets)s) AND position <= %(known_at)s AND confirmed_on <= %(as_of)s

-- life --
SELECT DISTINCT ON (target_id) target_id, life, effective_on FROM target_life
WHERE target_id = ANY (%(targets)s) AND position <= %(known_at)s
ORDER BY target_id, position DESC

-- unclaimed --
SELECT unit_code, kind, fund_nature, payee_account, sum(amount), max(paid_on)
FROM payment_entries
WHERE fiscal_year = %(fiscal_year)s AND standing = 'unclaimed' AND position <= %(known_at)s
  AND paid_on <= %(judged_on)s
GROUP BY unit_code, kind, fund_nature, payee_account
