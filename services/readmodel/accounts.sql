-- accounts --
SELECT account_id, region, login, name, kind, is_disabled FROM accounts ORDER BY login

-- by_login --
SELECT account_id, region, login, name, kind, is_disabled FROM accounts WHERE login = %(login)s

-- grants --
SELECT account_id, grant_id, role, place, starts_on, ends_on, lent_by, reason FROM account_grants
WHERE %(account_id)s::uuid IS NULL OR account_id = %(account_id)s
ORDER BY starts_on, grant_id

-- search --
SELECT account_id, region, login, name, kind, is_disabled FROM accounts a
WHERE (%(words)s::text IS NULL OR strpos(login, %(words)s) > 0 OR strpos(lower(name), %(words)s) > 0)
  AND (%(is_disabled)s::boolean IS NULL OR is_disabled = %(is_disabled)s)
  AND (%(role)s::text IS NULL AND cardinality(%(place)s::text[]) = 0 OR EXISTS (
      SELECT FROM account_grants g
      WHERE g.account_id = a.account_id
        AND (%(role)s::text IS NULL OR g.role = %(role)s)
        AND g.place[1:cardinality(%(place)s::text[])] = %(place)s::text[]
        AND (g.ends_on IS NULL OR g.ends_on >= %(day)s)
  ))
  AND login > %(after)s
ORDER BY login
LIMIT %(limit)s

-- grants_of --
SELECT account_id, grant_id, role, place, starts_on, ends_on, lent_by, reason FROM account_grants
WHERE account_id = ANY (%(account_ids)s)
ORDER BY starts_on, grant_id

-- lent_by --
SELECT account_id, grant_id, role, place, starts_on, ends_on, lent_by, reason FROM account_grants
WHERE lent_by = %(lender)s AND (ends_on IS NULL OR ends_on >= %(day)s)
ORDER BY starts_on, grant_id

-- by_ids --
SELECT account_id, region, login, name, kind, is_disabled FROM accounts
WHERE account_id = ANY (%(account_ids)s)
