-- target_version --
INSERT INTO target_versions (target_id, position, recorded_at, effective_on, fiscal_year, document)
VALUES (%(target_id)s, %(position)s, %(recorded_at)s, %(effective_on)s, %(fiscal_year)s,
        %(document)s)

-- target --
INSERT INTO targets (target_id, first_position, region, fiscal_year, project_code, project_name,
                     unit_code, unit_name, unit_key, department)
VALUES (%(target_id)s, %(position)s, %(region)s, %(fiscal_year)s, %(project_code)s,
        %(project_name)s, %(unit_code)s, %(unit_name)s, %(unit_key)s, %(department)s)
ON CONFLICT (target_id) DO UPDATE
SET project_code = coalesce(excluded.project_code, targets.project_code),
    project_name = excluded.project_name, unit_code = excluded.unit_code,
    unit_name = excluded.unit_name, unit_key = excluded.unit_key, department = excluded.department

-- code_added --
UPDATE targets SET project_code = coalesce(project_code, %(project_code)s)
WHERE target_id = %(target_id)s

-- indicator --
INSERT INTO indicators (indicator_id, target_id, indicator_class, category, name)
VALUES (%(indicator_id)s, %(target_id)s, %(indicator_class)s, %(category)s, %(name)s)
ON CONFLICT (indicator_id) DO UPDATE SET name = excluded.name

-- target_plan --
-- A plan that is declared again as it was says nothing new: one that a person set stays.
INSERT INTO target_plans (target_id, position, recorded_at, effective_on, declared, document)
SELECT %(target_id)s, %(position)s, %(recorded_at)s, %(effective_on)s, %(declared)s, %(document)s
WHERE NOT %(declared)s OR %(document)s IS DISTINCT FROM (
    SELECT document FROM target_plans WHERE target_id = %(target_id)s AND declared
    ORDER BY position DESC LIMIT 1)

-- fund_line --
INSERT INTO fund_lines (target_id, line_no, position, recorded_at, arrived_on, source, amount,
                        original, document)
VALUES (%(target_id)s, %(line_no)s, %(position)s, %(recorded_at)s, %(arrived_on)s, %(source)s,
        %(amount)s, %(original)s, %(document)s)

-- fund_line_ended --
UPDATE fund_lines SET ended_position = %(position)s
WHERE target_id = %(target_id)s AND line_no = %(line_no)s

-- confirmed_indicator --
INSERT INTO confirmed_indicators (target_id, indicator_id, position, recorded_at, confirmed_on,
                                  kind_seen, document)
VALUES (%(target_id)s, %(indicator_id)s, %(position)s, %(recorded_at)s, %(confirmed_on)s,
        %(kind_seen)s, %(document)s)

-- shared_indicator --
INSERT INTO shared_indicators (target_id, indicator_id, position, recorded_at, confirmed_on,
                               group_id)
VALUES (%(target_id)s, %(indicator_id)s, %(position)s, %(recorded_at)s, %(confirmed_on)s,
        %(group_id)s)

-- report --
INSERT INTO reports (target_id, indicator_id, part, reported_on, position, recorded_at, corrected,
                     document)
VALUES (%(target_id)s, %(indicator_id)s, %(part)s, %(reported_on)s, %(position)s, %(recorded_at)s,
        %(corrected)s, %(document)s)

-- stage --
INSERT INTO target_stages (target_id, position, recorded_at, on_day, stage, actor, reason,
                           document_no, outside, objections)
VALUES (%(target_id)s, %(position)s, %(recorded_at)s, %(on_day)s, %(stage)s, %(actor)s,
        %(reason)s, %(document_no)s, %(outside)s, %(objections)s)

-- stage_now --
UPDATE targets SET stage = %(stage)s WHERE target_id = %(target_id)s

-- over_budget --
INSERT INTO over_budget_confirmations (target_id, position, recorded_at, confirmed_on)
VALUES (%(target_id)s, %(position)s, %(recorded_at)s, %(confirmed_on)s)

-- life --
INSERT INTO target_life (target_id, position, recorded_at, effective_on, life)
VALUES (%(target_id)s, %(position)s, %(recorded_at)s, %(effective_on)s, %(life)s)
