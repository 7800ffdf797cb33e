-- raise --
INSERT INTO alerts (alert_id, position, rule, target_id, indicator_id, fiscal_year, unit_code,
                    state, severity, owed, raised_on, since, changed_on, sentence)
VALUES (%(alert_id)s, %(position)s, %(rule)s, %(target_id)s, %(indicator_id)s, %(fiscal_year)s,
        %(unit_code)s, %(state)s, %(severity)s, %(owed)s, %(on_day)s, %(on_day)s, %(on_day)s,
        %(sentence)s)

-- change --
-- An explanation leaves the sentence of the lag where it is.
UPDATE alerts
SET position = %(position)s, state = coalesce(%(state)s, state),
    severity = coalesce(%(severity)s, severity), owed = coalesce(%(owed)s, owed),
    changed_on = %(on_day)s,
    since = CASE WHEN %(severity)s::text IS NULL THEN since ELSE %(on_day)s END,
    sentence = CASE WHEN %(what)s IN ('explained', 'fell_due') THEN sentence ELSE %(sentence)s END
WHERE alert_id = %(alert_id)s

-- remember --
-- A row shows the alert as it stood after the event.
INSERT INTO alert_history (alert_id, position, recorded_at, on_day, what, state, severity,
                           known_at, policy_version, owed, since, sentence, lag_sentence,
                           inputs)
SELECT alert_id, %(position)s, %(recorded_at)s, %(on_day)s, %(what)s, state, severity,
       coalesce(%(known_at)s, %(position)s), %(policy_version)s, owed, since, %(sentence)s,
       sentence, %(inputs)s
FROM alerts WHERE alert_id = %(alert_id)s
