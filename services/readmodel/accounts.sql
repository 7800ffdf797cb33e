-- accounts --
SELECT account_id, region, login, name, kind, is_disabled FROM accounts ORDER BY login

-- by_login --
SELECT account_id, region, login, name, kind, is_disabled FROM accounts WHERE login = %(login)s

-- grants --
SELECT account_id, grant_id, role, place, starts_on, ends_on, lent_by, reason FROM account_grants
WHERE %(account_id)s::uuid IS NULL OR account_id = %(account_id)s
ORDER BY starts_on, grant_id
