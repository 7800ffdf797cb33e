-- attached --
INSERT INTO evidence_steps (evidence_id, position, recorded_at, actor, target_id, indicator_id,
    part, reported_on, stage, on_day, media_type, size, sha256, sealed_sha256)
VALUES (%(evidence_id)s, %(position)s, %(recorded_at)s, %(actor)s, %(target_id)s,
    %(indicator_id)s, %(part)s, %(reported_on)s, %(stage)s, %(on_day)s, %(media_type)s, %(size)s,
    %(sha256)s, %(sealed_sha256)s)

-- later --
-- What a later step does not say is as of the one before.
INSERT INTO evidence_steps (evidence_id, position, recorded_at, actor, target_id, indicator_id,
    part, reported_on, stage, on_day, media_type, size, sha256, sealed_sha256, reason)
SELECT evidence_id, %(position)s, %(recorded_at)s, %(actor)s, target_id, indicator_id,
    part, reported_on, %(stage)s, %(on_day)s, coalesce(%(media_type)s, media_type),
    coalesce(%(size)s, size), coalesce(%(sha256)s, sha256),
    coalesce(%(sealed_sha256)s, sealed_sha256), %(reason)s
FROM evidence_steps WHERE evidence_id = %(evidence_id)s
ORDER BY position DESC LIMIT 1
