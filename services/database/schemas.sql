-- The three schemas and who may do what with the tables that the owner will make in them.
-- Run as app_owner, before any table exists. Repeating it changes nothing.
CREATE SCHEMA IF NOT EXISTS log;
CREATE SCHEMA IF NOT EXISTS read;
CREATE SCHEMA IF NOT EXISTS operational;

-- Everything of the owner's can be read, in schemas that a rebuild makes later too.
ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO app_rw, app_worker;
ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO app_rw, app_worker;
GRANT USAGE ON SCHEMA log, read, operational TO app_rw, app_worker;

-- The log grows and never changes: no UPDATE, no DELETE, no TRUNCATE.
ALTER DEFAULT PRIVILEGES IN SCHEMA log GRANT INSERT ON TABLES TO app_rw, app_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA log GRANT USAGE, SELECT ON SEQUENCES TO app_rw, app_worker;

ALTER DEFAULT PRIVILEGES IN SCHEMA operational
    GRANT INSERT, UPDATE, DELETE ON TABLES TO app_rw, app_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA operational
    GRANT USAGE, SELECT ON SEQUENCES TO app_rw, app_worker;
