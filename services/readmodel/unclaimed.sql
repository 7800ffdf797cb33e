-- unclaimed_lines --
-- Lines of which something is unclaimed at a pair of clocks, those to be split anew first.
WITH open AS (
    SELECT voucher_id, line_key, paid_on, basis, sum(amount) AS amount
    FROM payment_entries
    WHERE fiscal_year = %(fiscal_year)s AND standing = 'unclaimed' AND position <= %(known_at)s
      AND paid_on <= %(as_of)s
    GROUP BY voucher_id, line_key, paid_on, basis
    HAVING sum(amount) <> 0
)
SELECT l.voucher_id, l.line_key, l.position, l.recorded_at, l.kind, l.voucher_no, o.amount,
       l.amount AS line_amount, o.paid_on, l.unit_code, l.unit_name, l.project_code, l.project_name,
       l.document_no, l.fund_nature, l.economic_class, l.summary, o.basis, l.shares,
       count(*) OVER () AS lines_in_all, sum(o.amount) OVER () AS amount_in_all
FROM open o JOIN payment_lines l USING (voucher_id, line_key)
WHERE (%(unit)s::text IS NULL OR coalesce(l.unit_code, l.unit_name, '') = %(unit)s)
  AND (%(first)s::date IS NULL OR o.paid_on BETWEEN %(first)s AND %(last)s)
  AND (%(least)s::numeric IS NULL OR abs(o.amount) >= %(least)s)
  AND (%(most)s::numeric IS NULL OR abs(o.amount) <= %(most)s)
  AND (%(text)s::text IS NULL
       OR concat_ws(chr(10), l.voucher_no, l.unit_code, l.unit_name, l.project_code, l.project_name,
                    l.document_no, l.fund_nature, l.economic_class, l.summary) ILIKE %(text)s)
ORDER BY o.basis IS DISTINCT FROM 'reopened',
         CASE %(order)s WHEN 'amount' THEN -abs(o.amount) END,
         CASE %(order)s WHEN 'paid_on' THEN o.paid_on END DESC,
         coalesce(l.unit_code, l.unit_name, ''), coalesce(l.project_name, l.project_code, ''),
         o.paid_on, l.voucher_no, l.line_key, l.voucher_id
LIMIT %(limit)s OFFSET %(start)s

-- unclaimed_units --
WITH open AS (
    SELECT voucher_id, line_key, paid_on, basis, sum(amount) AS amount
    FROM payment_entries
    WHERE fiscal_year = %(fiscal_year)s AND standing = 'unclaimed' AND position <= %(known_at)s
      AND paid_on <= %(as_of)s
    GROUP BY voucher_id, line_key, paid_on, basis
    HAVING sum(amount) <> 0
)
SELECT coalesce(l.unit_code, l.unit_name, '') AS unit, max(l.unit_name) AS name,
       count(*) AS lines, sum(o.amount) AS amount,
       count(*) FILTER (WHERE o.basis = 'reopened') AS reopened
FROM open o JOIN payment_lines l USING (voucher_id, line_key)
GROUP BY coalesce(l.unit_code, l.unit_name, '')
ORDER BY unit

-- years --
-- Budget years that have payments, the newest first.
SELECT DISTINCT fiscal_year FROM payment_lines ORDER BY fiscal_year DESC

-- standing_sums --
-- Everything entered, by month of payment and where it stands (treasury = these + not entered).
SELECT date_trunc('month', paid_on)::date AS month, kind, standing, sum(amount) AS amount
FROM payment_entries
WHERE fiscal_year = %(fiscal_year)s AND position <= %(known_at)s AND paid_on <= %(as_of)s
GROUP BY 1, 2, 3
HAVING sum(amount) <> 0
ORDER BY 1, 2, 3

-- claimed_lines --
-- Lines of which a person said something that still counts, the latest first.
SELECT l.voucher_id, l.line_key, c.position, c.recorded_at, l.kind, l.voucher_no, l.amount,
       l.paid_on, l.unit_code, l.unit_name, l.project_code, l.project_name, l.document_no,
       l.fund_nature, l.economic_class, l.summary, l.standing, l.basis, c.shares, c.actor, c.reason,
       count(*) OVER () AS lines_in_all, sum(l.amount) OVER () AS amount_in_all
FROM (SELECT DISTINCT ON (voucher_id, line_key)
             voucher_id, line_key, position, recorded_at, actor, shares, reason
      FROM payment_claims WHERE position <= %(known_at)s
      ORDER BY voucher_id, line_key, position DESC) AS c
JOIN payment_lines l USING (voucher_id, line_key)
WHERE c.shares IS NOT NULL AND l.fiscal_year = %(fiscal_year)s
  AND (%(unit)s::text IS NULL OR coalesce(l.unit_code, l.unit_name, '') = %(unit)s)
  AND (%(first)s::date IS NULL OR l.paid_on BETWEEN %(first)s AND %(last)s)
  AND (%(least)s::numeric IS NULL OR abs(l.amount) >= %(least)s)
  AND (%(most)s::numeric IS NULL OR abs(l.amount) <= %(most)s)
  AND (%(text)s::text IS NULL
       OR concat_ws(chr(10), l.voucher_no, l.unit_code, l.unit_name, l.project_code, l.project_name,
                    l.document_no, l.fund_nature, l.economic_class, l.summary, c.reason)
          ILIKE %(text)s)
ORDER BY c.position DESC, l.voucher_no, l.line_key
LIMIT %(limit)s OFFSET %(start)s

-- line_claims --
-- What people said of one line, in order.
SELECT position, recorded_at, actor, shares, reason
FROM payment_claims
WHERE voucher_id = %(voucher_id)s AND line_key = %(line_key)s AND position <= %(known_at)s
ORDER BY position

-- rules --
-- Each rule as known, with what it holds; the newest first.
SELECT r.number, r.position, r.recorded_at, r.actor, r.pattern, r.target_id, r.from_on, r.reason,
       e.stops_on, e.reason AS end_reason, e.actor AS ended_by, e.recorded_at AS ended_at,
       t.project_name, coalesce(h.lines, 0) AS lines, coalesce(h.amount, 0) AS amount
FROM claim_rules r
LEFT JOIN LATERAL (
    SELECT stops_on, reason, actor, recorded_at FROM claim_rule_ends
    WHERE region = r.region AND fiscal_year = r.fiscal_year AND number = r.number
      AND position <= %(known_at)s
    ORDER BY position DESC LIMIT 1) e ON true
LEFT JOIN targets t USING (target_id)
LEFT JOIN (
    SELECT rule, count(*) AS lines, sum(amount) AS amount
    FROM (SELECT rule, voucher_id, line_key, sum(amount) AS amount FROM payment_entries
          WHERE fiscal_year = %(fiscal_year)s AND rule IS NOT NULL AND position <= %(known_at)s
            AND paid_on <= %(as_of)s
          GROUP BY rule, voucher_id, line_key HAVING sum(amount) <> 0) AS held
    GROUP BY rule) h ON h.rule = r.number
WHERE r.fiscal_year = %(fiscal_year)s AND r.position <= %(known_at)s
ORDER BY r.number DESC

-- loose_lines --
-- What a rule may move, as it stands now.
SELECT voucher_id, line_key, voucher_no, amount, paid_on, project_code, project_name, unit_code,
       unit_name, document_no, fund_nature, economic_class, summary, rule
FROM payment_lines
WHERE loose AND region = %(region)s AND fiscal_year = %(fiscal_year)s
ORDER BY paid_on, voucher_no, line_key, voucher_id

-- candidates --
-- The targets of a year, with what else they can be found by.
SELECT t.target_id, t.project_name, t.project_code, t.unit_code, t.unit_name,
       coalesce(array_agg(DISTINCT c.code) FILTER (WHERE c.kind = 'project'), '{}') AS codes,
       coalesce(array_agg(DISTINCT c.code) FILTER (WHERE c.kind = 'document'), '{}') AS documents
FROM targets t LEFT JOIN payment_codes c USING (target_id)
WHERE t.fiscal_year = %(fiscal_year)s
GROUP BY t.target_id, t.project_name, t.project_code, t.unit_code, t.unit_name
ORDER BY t.target_id
