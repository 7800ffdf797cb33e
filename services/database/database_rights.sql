-- Rights on the database as a whole. Repeating it changes nothing.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO app_rw, app_worker', current_database());
    -- A rebuild makes its schema beside the live one and renames it.
    EXECUTE format('GRANT CONNECT, TEMPORARY, CREATE ON DATABASE %I TO app_owner', current_database());
END
$$;
