-- status --
SELECT family, position, halted_by FROM tracking

-- log_head --
SELECT coalesce(max(last_position), 0) FROM log.appends

-- position_at --
SELECT coalesce(max(last_position), 0) FROM log.appends WHERE recorded_at <= %(moment)s

-- parked_families --
SELECT DISTINCT family FROM operational.parked_events ORDER BY family

-- fiscal_years --
SELECT DISTINCT fiscal_year FROM targets ORDER BY fiscal_year DESC

-- targets_page --
SELECT target_id, first_position, region, fiscal_year, project_code, project_name, unit_code,
       unit_name, department, stage
FROM targets
WHERE (%(fiscal_year)s::int IS NULL OR fiscal_year = %(fiscal_year)s)
  AND (%(unit)s::text IS NULL OR unit_code = %(unit)s OR unit_name = %(unit)s)
  AND first_position > %(after)s AND first_position <= %(known_at)s
  AND (%(keys)s::text[] IS NULL OR unit_key = ANY (%(keys)s))
ORDER BY first_position LIMIT %(limit)s

-- unit_key --
SELECT unit_key FROM targets WHERE target_id = %(target_id)s

-- target --
SELECT target_id, first_position, region, fiscal_year, project_code, project_name, unit_code,
       unit_name, department, stage
FROM targets WHERE target_id = %(target_id)s

-- declaration --
SELECT document FROM target_versions
WHERE target_id = %(target_id)s AND position <= %(known_at)s AND effective_on <= %(as_of)s
ORDER BY effective_on DESC, position DESC LIMIT 1

-- declared_beside --
-- The latest declarations of the other targets of a target's year, unit and department.
SELECT DISTINCT ON (v.target_id) v.document
FROM targets mine
JOIN targets other ON other.region = mine.region AND other.fiscal_year = mine.fiscal_year
     AND other.target_id <> mine.target_id
     AND (other.unit_name = mine.unit_name OR other.department = mine.department)
JOIN target_versions v ON v.target_id = other.target_id
WHERE mine.target_id = %(target_id)s
ORDER BY v.target_id, v.effective_on DESC, v.position DESC

-- year_before --
-- The latest declaration of the same project in the year before: of the same code, else of the
-- same unit and name; years in names do not count.
SELECT v.target_id, v.document
FROM targets mine
JOIN targets other ON other.region = mine.region AND other.fiscal_year = mine.fiscal_year - 1
     AND (other.project_code = mine.project_code
          OR (other.unit_name = mine.unit_name
              AND regexp_replace(other.project_name, '(19|20)[0-9]{2}年?', '', 'g')
                  = regexp_replace(mine.project_name, '(19|20)[0-9]{2}年?', '', 'g')))
JOIN target_versions v ON v.target_id = other.target_id
WHERE mine.target_id = %(target_id)s
ORDER BY other.project_code IS NOT DISTINCT FROM mine.project_code DESC, v.effective_on DESC,
         v.position DESC
LIMIT 1

-- latest_reports --
-- The latest report of each indicator of a target.
SELECT DISTINCT ON (indicator_id, part) document
FROM reports WHERE target_id = %(target_id)s
ORDER BY indicator_id, part, reported_on DESC, position DESC

-- stages --
SELECT position, recorded_at, on_day, stage, actor, reason, document_no, outside, objections
FROM target_stages
WHERE target_id = %(target_id)s AND position <= %(known_at)s AND on_day <= %(as_of)s
ORDER BY position

-- spending --
SELECT paid_on, kind, fund_nature, payee_account, sum(amount)
FROM payment_entries
WHERE target_id = %(target_id)s AND position <= %(known_at)s AND paid_on <= %(as_of)s
GROUP BY paid_on, kind, fund_nature, payee_account ORDER BY paid_on

-- alerts --
-- Each alert as it stood after the last event of a day not after as_of, known by then.
SELECT DISTINCT ON (a.alert_id)
       a.alert_id, a.rule, a.target_id, a.indicator_id, a.fiscal_year, a.unit_code,
       t.project_name, t.unit_name, h.state, h.severity, h.owed, a.raised_on,
       h.since, h.on_day AS changed_on, h.position, h.lag_sentence AS sentence
FROM alert_history h
JOIN alerts a USING (alert_id)
JOIN targets t USING (target_id)
WHERE a.fiscal_year = %(fiscal_year)s AND h.on_day <= %(as_of)s AND h.position <= %(known_at)s
  AND (%(target_id)s::uuid IS NULL OR a.target_id = %(target_id)s)
  AND (%(keys)s::text[] IS NULL OR t.unit_key = ANY (%(keys)s))
ORDER BY a.alert_id, h.position DESC

-- alert --
SELECT a.alert_id, a.rule, a.target_id, a.indicator_id, a.fiscal_year, a.unit_code,
       t.project_name, t.unit_name, a.state, a.severity, a.owed, a.raised_on, a.since, a.changed_on,
       a.position, a.sentence
FROM alerts a JOIN targets t USING (target_id)
WHERE a.alert_id = %(alert_id)s
  AND (%(keys)s::text[] IS NULL OR t.unit_key = ANY (%(keys)s))

-- alert_steps --
SELECT h.alert_id, h.position, h.recorded_at, h.on_day, h.what, h.state, h.severity, h.known_at,
       h.policy_version, h.sentence, h.inputs
FROM alert_history h JOIN alerts a USING (alert_id)
WHERE (a.target_id = %(target_id)s OR a.alert_id = %(alert_id)s) AND h.position <= %(known_at)s
ORDER BY h.position

-- history --
SELECT h.position, h.recorded_at, h.on_day, h.topic, h.actor, h.source,
       f.name || ' ' || f.telephone AS filler,
       replace(h.line, '{indicator}', coalesce('“' || i.name || '”', '指标')) AS line
FROM history h LEFT JOIN indicators i USING (indicator_id)
LEFT JOIN fillers f ON f.filler_id = h.filler
WHERE h.position <= %(known_at)s
  AND (h.target_id = %(target_id)s
       OR h.alert_id IN (SELECT alert_id FROM alerts WHERE target_id = %(target_id)s))
ORDER BY h.position DESC LIMIT %(limit)s

-- payments --
SELECT voucher_id, line_key, position, recorded_at, kind, voucher_no, amount, paid_on,
       project_code, project_name, unit_code,
       fund_nature, summary, target_id, standing, basis, rule
FROM payment_lines
WHERE (%(target_id)s::uuid IS NULL OR target_id = %(target_id)s)
  AND (%(fiscal_year)s::int IS NULL OR fiscal_year = %(fiscal_year)s)
  AND (%(standing)s::text IS NULL OR standing = %(standing)s)
  AND position <= %(known_at)s
  AND (%(keys)s::text[] IS NULL
       OR 'c:' || unit_code = ANY (%(keys)s)
       OR target_id IN (SELECT target_id FROM targets WHERE unit_key = ANY (%(keys)s)))
  AND (%(after)s::bigint IS NULL OR (position, line_key) > (%(after)s, %(after_key)s))
ORDER BY position, line_key LIMIT %(limit)s

-- target_payments --
-- What was paid for a target as known: what a correction took back is gone, what it made is there.
SELECT e.voucher_id, e.line_key, min(e.position) AS position, min(e.recorded_at) AS recorded_at,
       e.kind, l.voucher_no, sum(e.amount) AS amount, e.paid_on, l.project_code, l.project_name,
       e.unit_code, e.fund_nature, l.summary, e.target_id, e.standing, e.basis, e.rule
FROM payment_entries e JOIN payment_lines l USING (voucher_id, line_key)
WHERE e.target_id = %(target_id)s AND e.position <= %(known_at)s AND e.paid_on <= %(as_of)s
GROUP BY e.voucher_id, e.line_key, e.kind, l.voucher_no, e.paid_on, l.project_code, l.project_name,
         e.unit_code, e.fund_nature, l.summary, e.target_id, e.standing, e.basis, e.rule
HAVING sum(e.amount) <> 0
ORDER BY e.paid_on, min(e.position), e.line_key LIMIT %(limit)s

-- evaluations --
SELECT position, recorded_at, fiscal_year, as_of, known_at, policy_version, targets, raised,
       worsened, eased, resolved
FROM evaluations WHERE fiscal_year = %(fiscal_year)s AND position <= %(known_at)s
ORDER BY position DESC LIMIT %(limit)s

-- imports --
SELECT import_id, position, recorded_at, fiscal_year, kind, name, sha256, actor, rows, refused,
       stored, known, conflicts, complete_to, completed_position, corrections
FROM imports
WHERE (%(fiscal_year)s::int IS NULL OR fiscal_year = %(fiscal_year)s) AND position <= %(known_at)s
  AND (%(keys)s::text[] IS NULL OR actor = %(login)s)
ORDER BY position DESC LIMIT %(limit)s

-- import --
SELECT import_id, position, recorded_at, fiscal_year, kind, name, sha256, actor, rows, refused,
       stored, known, conflicts, complete_to, completed_position, corrections
FROM imports WHERE import_id = %(import_id)s

-- import_targets --
-- A form and what it does to targets are one append; a payment file declares nothing.
SELECT h.target_id, t.project_name, h.line
FROM imports i
JOIN log.appends a ON i.position BETWEEN a.first_position AND a.last_position
JOIN history h ON h.position BETWEEN a.first_position AND a.last_position
JOIN targets t ON t.target_id = h.target_id
WHERE i.import_id = %(import_id)s
ORDER BY h.position

-- stored_standings --
SELECT document FROM target_standings
WHERE fiscal_year = %(fiscal_year)s AND as_of = %(as_of)s AND known_at = %(known_at)s
ORDER BY worst, missing DESC, target_id

-- stored_units --
SELECT unit, document FROM unit_standings
WHERE fiscal_year = %(fiscal_year)s AND as_of = %(as_of)s AND known_at = %(known_at)s
ORDER BY unit

-- evaluation_ending_at --
-- An evaluation is the last event of its append; if nothing came after it, it shows the present.
SELECT as_of, known_at FROM evaluations WHERE position = %(position)s

-- counts --
SELECT (SELECT count(*) FROM targets) AS targets,
       (SELECT coalesce(sum(json_array_length(document::json -> 'indicators')), 0)
        FROM (SELECT DISTINCT ON (target_id) document FROM target_versions
              ORDER BY target_id, position DESC) AS latest) AS indicators,
       (SELECT count(DISTINCT voucher_id) FROM payment_lines) AS payments,
       (SELECT count(*) FROM payment_lines) AS payment_lines,
       (SELECT count(*) FROM reports) AS achievements,
       (SELECT count(*) FROM (SELECT FROM payment_entries WHERE standing = 'unclaimed'
                              GROUP BY voucher_id, line_key HAVING sum(amount) <> 0) AS open)
           AS unclaimed_lines,
       (SELECT count(*) FROM alerts WHERE state <> 'resolved') AS alerts_open,
       (SELECT count(*) FROM alerts WHERE state = 'resolved') AS alerts_resolved,
       (SELECT coalesce(max(position), 0) FROM tracking) AS position
