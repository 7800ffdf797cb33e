-- note --
INSERT INTO log.audit
    (at, actor, account_id, what, subject, outcome, address, request_id, detail)
VALUES (%(at)s, %(actor)s, %(account_id)s, %(what)s, %(subject)s, %(outcome)s, %(address)s,
        %(request_id)s, %(detail)s)

-- page --
SELECT number, at, actor, account_id, what, subject, outcome, address, request_id, detail
FROM log.audit
WHERE number < %(before)s
  AND (%(actor)s::text IS NULL OR actor = %(actor)s)
  AND (%(what)s::text IS NULL OR what = %(what)s)
  AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
  AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
ORDER BY number DESC
LIMIT %(limit)s

-- forget --
DELETE FROM log.audit WHERE at < %(before)s
