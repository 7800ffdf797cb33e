-- A file may be brought in for two years, or read as two kinds: it is kept once an import,
-- with what its import was told, so that a broken one can go on by itself.
ALTER TABLE operational.import_files
    DROP CONSTRAINT import_files_pkey,
    ADD COLUMN import_id uuid PRIMARY KEY,
    ADD COLUMN options jsonb NOT NULL DEFAULT '{}';
