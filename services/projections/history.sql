-- line --
INSERT INTO history (position, recorded_at, target_id, alert_id, indicator_id, on_day, topic, actor,
                     filler, source, line)
VALUES (%(position)s, %(recorded_at)s,
        coalesce(%(target_id)s, (SELECT target_id FROM evidence_steps
                                 WHERE evidence_id = %(evidence_id)s LIMIT 1)),
        %(alert_id)s, %(indicator_id)s, %(on_day)s, %(topic)s, %(actor)s, %(filler)s, %(source)s,
        %(line)s)
