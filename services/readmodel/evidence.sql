-- of_target --
SELECT s.evidence_id, s.position, s.recorded_at, s.actor, s.target_id, s.indicator_id, s.part,
       s.reported_on, s.stage, s.on_day, s.media_type, s.size, s.sha256, s.sealed_sha256, s.reason,
       k.name
FROM (
    SELECT DISTINCT ON (evidence_id) *, min(position) OVER (PARTITION BY evidence_id) AS came
    FROM evidence_steps
    WHERE target_id = %(target_id)s AND position <= %(known_at)s
    ORDER BY evidence_id, position DESC
) s
LEFT JOIN evidence_keys k ON k.digest = s.sealed_sha256
ORDER BY s.came

-- destroyed --
SELECT evidence_id FROM evidence_steps WHERE stage = 'redacted'
