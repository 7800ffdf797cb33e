-- note --
INSERT INTO log.audit
    (at, actor, account_id, what, subject, outcome, address, request_id, detail,
     place)
VALUES (%(at)s, %(actor)s, %(account_id)s, %(what)s, %(subject)s, %(outcome)s, %(address)s,
        %(request_id)s, %(detail)s, %(place)s)

-- page --
SELECT number, at, actor, account_id, what, subject, outcome, address, request_id, detail,
       place
FROM log.audit
WHERE number < %(before)s
  AND (%(actor)s::text IS NULL OR actor = %(actor)s)
  AND (%(what)s::text IS NULL OR what = %(what)s
       OR (right(%(what)s, 1) = '.' AND starts_with(what, %(what)s)))
  AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
  AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
  AND (%(outcome)s::text IS NULL OR outcome = %(outcome)s)
  AND place[1:cardinality(%(place)s::text[])] = %(place)s::text[]
ORDER BY number DESC
LIMIT %(limit)s

-- forget --
DELETE FROM log.audit WHERE at < %(before)s
