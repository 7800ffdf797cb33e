-- versions --
-- In the order in which they count, those that count only after as_of among them.
SELECT target_id, position, effective_on, document FROM target_versions
WHERE fiscal_year = %(fiscal_year)s AND position <= %(known_at)s
  AND (%(targets)s::uuid[] IS NULL OR target_id = ANY (%(targets)s))
ORDER BY target_id, effective_on, position

-- settled --
SELECT DISTINCT ON (indicator_id) indicator_id, position, document FROM confirmed_indicators
WHERE target_id = ANY (%(targets)s) AND position <= %(known_at)s
ORDER BY indicator_id, position DESC
