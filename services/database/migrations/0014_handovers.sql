-- What went from whom to whom, as it was printed. Names and telephones are not in the log, which
-- holds that somebody handed over, when and by whom.
CREATE TABLE operational.handovers (
    handover_id uuid PRIMARY KEY,
    from_account uuid NOT NULL,
    to_account uuid NOT NULL,
    on_day date NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by text NOT NULL,
    document jsonb NOT NULL
);
CREATE INDEX handovers_from ON operational.handovers (from_account, recorded_at);
