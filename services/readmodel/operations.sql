-- state --
SELECT (SELECT coalesce(max(last_position), 0) FROM log.appends) AS log_position,
       (SELECT coalesce(min(position), 0) FROM tracking WHERE halted_by IS NULL) AS read_position,
       (SELECT coalesce(array_agg(family ORDER BY family), '{}') FROM tracking
        WHERE halted_by IS NOT NULL) AS halted,
       (SELECT count(*) FROM operational.parked_events) AS parked

-- alerts --
SELECT state, severity, count(*) FROM alerts GROUP BY state, severity ORDER BY state, severity
