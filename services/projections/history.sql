-- line --
INSERT INTO history (position, recorded_at, target_id, alert_id, indicator_id, on_day, topic, actor,
                     source, line)
VALUES (%(position)s, %(recorded_at)s, %(target_id)s, %(alert_id)s, %(indicator_id)s, %(on_day)s,
        %(topic)s, %(actor)s, %(source)s, %(line)s)
