-- The roles of architecture.md §7, once a cluster. Repeating it changes nothing.
-- An attribute is only named where it differs from the default, so that an administrator
-- who is no superuser can run this too.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_owner') THEN
        CREATE ROLE app_owner NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_rw') THEN
        CREATE ROLE app_rw LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_worker') THEN
        CREATE ROLE app_worker LOGIN NOINHERIT;
    END IF;
    IF NOT EXISTS (
        SELECT FROM pg_auth_members m
        JOIN pg_roles owner ON owner.oid = m.roleid AND owner.rolname = 'app_owner'
        JOIN pg_roles worker ON worker.oid = m.member AND worker.rolname = 'app_worker'
    ) THEN
        GRANT app_owner TO app_worker;
    END IF;
    -- Migrations run as the owner: an administrator who is no superuser has to be a member.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
        AND NOT EXISTS (
            SELECT FROM pg_auth_members m
            JOIN pg_roles owner ON owner.oid = m.roleid AND owner.rolname = 'app_owner'
            JOIN pg_roles grantor ON grantor.oid = m.grantor AND grantor.rolname = current_user
            JOIN pg_roles member ON member.oid = m.member AND member.rolname = current_user
        )
    THEN
        EXECUTE format('GRANT app_owner TO %I', current_user);
    END IF;
END
$$;
