-- opened --
INSERT INTO accounts (account_id, position, region, login, name, kind, is_disabled)
VALUES (%(account_id)s, %(position)s, %(region)s, %(login)s, %(name)s, %(kind)s, false)

-- renamed --
UPDATE accounts SET name = %(name)s WHERE account_id = %(account_id)s

-- disabled --
UPDATE accounts SET is_disabled = %(is_disabled)s WHERE account_id = %(account_id)s

-- grant_given --
INSERT INTO account_grants
    (account_id, grant_id, role, place, starts_on, ends_on, lent_by, reason)
VALUES (%(account_id)s, %(grant_id)s, %(role)s, %(place)s, %(starts_on)s, %(ends_on)s,
        %(lent_by)s, %(reason)s)

-- grant_ended --
UPDATE account_grants SET ends_on = %(ends_on)s
WHERE account_id = %(account_id)s AND grant_id = ANY(%(grant_ids)s)
