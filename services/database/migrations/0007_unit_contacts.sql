-- Who heads a unit and who reports for it, from a day on. Names and telephones are not in the
-- log, which is for ever and is exported: it holds that they changed, and by whom.
CREATE TABLE operational.unit_contacts (
    contact_id uuid PRIMARY KEY,
    unit_id uuid NOT NULL,
    post text NOT NULL,
    person text,
    telephone text,
    from_day date NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX unit_contacts_unit ON operational.unit_contacts (unit_id, post, from_day);
