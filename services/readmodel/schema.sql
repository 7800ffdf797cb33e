-- Read tables. Never migrated: a changed file is rebuilt beside the live tables, then switched.
-- Fact rows carry business date, recorded time and log position, so that
-- (`as_of`, `known_at`) is a filter and not a replay. Money is in yuan.

-- which text of this file the tables were made from
CREATE TABLE made_from (digest text NOT NULL);

-- how far each family of tables has read the log
CREATE TABLE tracking (
    family text PRIMARY KEY,
    position bigint NOT NULL,
    halted_by text
);

-- what was declared, by position; the latest effective version among what was known counts
CREATE TABLE target_versions (
    target_id uuid NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    effective_on date NOT NULL,
    fiscal_year int NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (target_id, position)
);
CREATE INDEX target_versions_year ON target_versions (fiscal_year, position);

-- the names and codes a target is looked up by, as last known
CREATE TABLE targets (
    target_id uuid PRIMARY KEY,
    first_position bigint NOT NULL,
    region text NOT NULL,
    fiscal_year int NOT NULL,
    project_code text,
    project_name text NOT NULL,
    unit_code text,
    unit_name text NOT NULL,
    unit_key text NOT NULL,
    department text,
    stage text NOT NULL DEFAULT 'draft'
);
CREATE INDEX targets_year ON targets (fiscal_year, unit_code);

-- indicators by id, as last declared: for names beside reports
CREATE TABLE indicators (
    indicator_id uuid PRIMARY KEY,
    target_id uuid NOT NULL,
    indicator_class text NOT NULL,
    category text NOT NULL,
    name text NOT NULL
);

-- plans as declared, and as people set them
CREATE TABLE target_plans (
    target_id uuid NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    effective_on date NOT NULL,
    declared boolean NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (target_id, position)
);

-- money granted; a declared line ends where allotments take its place
CREATE TABLE fund_lines (
    target_id uuid NOT NULL,
    line_no text NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    arrived_on date NOT NULL,
    source text NOT NULL,
    amount numeric(18, 2) NOT NULL,
    original boolean NOT NULL,
    document text NOT NULL,
    ended_position bigint,
    PRIMARY KEY (target_id, line_no)
);

-- indicators settled by a person, by position; kind_seen: how they are judged was settled, too
CREATE TABLE confirmed_indicators (
    target_id uuid NOT NULL,
    indicator_id uuid NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    confirmed_on date NOT NULL,
    kind_seen boolean NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (indicator_id, position)
);
CREATE INDEX confirmed_indicators_target ON confirmed_indicators (target_id);

-- indicators read together with those of a group; no group: by themselves
CREATE TABLE shared_indicators (
    target_id uuid NOT NULL,
    indicator_id uuid NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    confirmed_on date NOT NULL,
    group_id uuid,
    PRIMARY KEY (indicator_id, position)
);
CREATE INDEX shared_indicators_group ON shared_indicators (group_id);

-- achievement reports; the last position of a key and day stands
CREATE TABLE reports (
    target_id uuid NOT NULL,
    indicator_id uuid NOT NULL,
    part int NOT NULL,
    reported_on date NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    corrected boolean NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (indicator_id, part, reported_on, position)
);
CREATE INDEX reports_target ON reports (target_id);

-- files that prove something, a row a step; the last one known counts
CREATE TABLE evidence_steps (
    evidence_id uuid NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    target_id uuid NOT NULL,
    indicator_id uuid,
    part int NOT NULL,
    reported_on date,
    stage text NOT NULL,
    on_day date NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    sealed_sha256 text NOT NULL,
    reason text,
    PRIMARY KEY (evidence_id, position)
);
CREATE INDEX evidence_steps_target ON evidence_steps (target_id);

-- how far a declaration is on its way to approval, step by step
CREATE TABLE target_stages (
    target_id uuid NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    on_day date NOT NULL,
    stage text NOT NULL,
    actor text NOT NULL,
    reason text,
    document_no text,
    outside boolean NOT NULL,
    objections text NOT NULL,
    PRIMARY KEY (target_id, position)
);

-- what happened in a target's life, and what the desk confirmed
CREATE TABLE target_life (
    target_id uuid NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    effective_on date NOT NULL,
    life text NOT NULL,
    PRIMARY KEY (target_id, position)
);
CREATE TABLE over_budget_confirmations (
    target_id uuid NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    confirmed_on date NOT NULL,
    PRIMARY KEY (target_id, position)
);

-- codes and document numbers that payments are matched by; the first target of a code keeps it.
-- basis: whether it is the target's own code, a former one or a document's
CREATE TABLE payment_codes (
    region text NOT NULL,
    fiscal_year int NOT NULL,
    kind text NOT NULL,
    code text NOT NULL,
    target_id uuid NOT NULL,
    basis text,
    position bigint NOT NULL,
    PRIMARY KEY (region, fiscal_year, kind, code, target_id)
);

-- voucher lines as they stand now. basis, rule: by what each is where it is; loose: no code and
-- no person says whose it is, so that a code or a rule still may; shares: what a person said
CREATE TABLE payment_lines (
    voucher_id uuid NOT NULL,
    line_key text NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    region text NOT NULL,
    fiscal_year int NOT NULL,
    kind text NOT NULL,
    voucher_no text NOT NULL,
    amount numeric(18, 2) NOT NULL,
    paid_on date NOT NULL,
    project_code text,
    project_name text,
    unit_code text,
    unit_name text,
    document_no text,
    fund_nature text,
    economic_class text,
    payee_account text,
    summary text,
    vouchered_on date,
    source_row int,
    target_id uuid,
    standing text NOT NULL,
    basis text,
    rule int,
    loose boolean NOT NULL,
    shares text,
    PRIMARY KEY (voucher_id, line_key)
);
CREATE INDEX payment_lines_code ON payment_lines (project_code) WHERE loose;
CREATE INDEX payment_lines_document ON payment_lines (document_no)
    WHERE loose AND project_code IS NULL;
CREATE INDEX payment_lines_loose ON payment_lines (region, fiscal_year) WHERE loose;
CREATE INDEX payment_lines_position ON payment_lines (position);

-- money as additive entries: the sum up to a day among what was known up to a position is
-- what was spent; a correction or a claim takes the old entry back and makes a new one
CREATE TABLE payment_entries (
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    paid_on date NOT NULL,
    amount numeric(18, 2) NOT NULL,
    region text NOT NULL,
    fiscal_year int NOT NULL,
    standing text NOT NULL,
    target_id uuid,
    basis text,
    rule int,
    unit_code text,
    kind text NOT NULL,
    fund_nature text,
    payee_account text,
    voucher_id uuid NOT NULL,
    line_key text NOT NULL
);
CREATE INDEX payment_entries_target ON payment_entries (target_id, paid_on);
CREATE INDEX payment_entries_unclaimed ON payment_entries (fiscal_year, paid_on)
    WHERE standing = 'unclaimed';
CREATE INDEX payment_entries_rule ON payment_entries (fiscal_year, rule) WHERE rule IS NOT NULL;

-- what people said of voucher lines, whole or in parts; without shares: it was withdrawn
CREATE TABLE payment_claims (
    voucher_id uuid NOT NULL,
    line_key text NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    shares text,
    reason text NOT NULL,
    PRIMARY KEY (voucher_id, line_key, position)
);

-- standing rules for lines that no code finds a target for, and the days they were said to stop
CREATE TABLE claim_rules (
    region text NOT NULL,
    fiscal_year int NOT NULL,
    number int NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    pattern text NOT NULL,
    target_id uuid,
    from_on date NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (region, fiscal_year, number)
);
CREATE TABLE claim_rule_ends (
    region text NOT NULL,
    fiscal_year int NOT NULL,
    number int NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    stops_on date NOT NULL,
    reason text NOT NULL,
    PRIMARY KEY (region, fiscal_year, number, position)
);

-- imports, and the day they say payment data are complete to
CREATE TABLE imports (
    import_id uuid PRIMARY KEY,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    region text NOT NULL,
    fiscal_year int NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    actor text NOT NULL,
    rows int NOT NULL,
    refused int NOT NULL,
    stored int NOT NULL,
    known int NOT NULL,
    conflicts int NOT NULL,
    complete_to date,
    completed_position bigint,
    corrections int NOT NULL DEFAULT 0
);

CREATE TABLE policies (
    region text NOT NULL,
    number int NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    in_force_from date NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (region, number)
);

CREATE TABLE rounds (
    round_id uuid NOT NULL,
    name text NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    region text NOT NULL,
    fiscal_year int NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (round_id, name)
);

CREATE TABLE evaluations (
    position bigint PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    region text NOT NULL,
    fiscal_year int NOT NULL,
    as_of date NOT NULL,
    known_at bigint NOT NULL,
    policy_version int NOT NULL,
    targets int NOT NULL,
    raised int NOT NULL,
    worsened int NOT NULL,
    eased int NOT NULL,
    resolved int NOT NULL
);

CREATE TABLE alerts (
    alert_id uuid PRIMARY KEY,
    position bigint NOT NULL,
    rule text NOT NULL,
    target_id uuid NOT NULL,
    indicator_id uuid,
    fiscal_year int NOT NULL,
    unit_code text,
    state text NOT NULL,
    severity text NOT NULL,
    owed boolean NOT NULL,
    raised_on date NOT NULL,
    since date NOT NULL,
    changed_on date NOT NULL,
    sentence text NOT NULL
);
CREATE INDEX alerts_target ON alerts (target_id);

CREATE TABLE alert_history (
    alert_id uuid NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    on_day date NOT NULL,
    what text NOT NULL,
    state text NOT NULL,
    severity text NOT NULL,
    known_at bigint NOT NULL,
    policy_version int,
    owed boolean NOT NULL,
    since date NOT NULL,
    sentence text NOT NULL,
    lag_sentence text NOT NULL,
    inputs text NOT NULL,
    PRIMARY KEY (alert_id, position)
);

-- what each evaluation saw, and each month end: overview, heat map, trend and ranking
CREATE TABLE target_standings (
    fiscal_year int NOT NULL,
    as_of date NOT NULL,
    known_at bigint NOT NULL,
    target_id uuid NOT NULL,
    unit text NOT NULL,
    money_light text NOT NULL,
    goals_light text NOT NULL,
    worst int NOT NULL,
    missing numeric(18, 2) NOT NULL,
    budget numeric(18, 2) NOT NULL,
    executed numeric(18, 2) NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (fiscal_year, as_of, known_at, target_id)
);
CREATE TABLE indicator_standings (
    fiscal_year int NOT NULL,
    as_of date NOT NULL,
    known_at bigint NOT NULL,
    target_id uuid NOT NULL,
    indicator_id uuid NOT NULL,
    light text NOT NULL,
    not_reported boolean NOT NULL,
    reading_on date,
    PRIMARY KEY (fiscal_year, as_of, known_at, indicator_id)
);
CREATE TABLE unit_standings (
    fiscal_year int NOT NULL,
    as_of date NOT NULL,
    known_at bigint NOT NULL,
    unit text NOT NULL,
    light text NOT NULL,
    document text NOT NULL,
    PRIMARY KEY (fiscal_year, as_of, known_at, unit)
);

-- the history of one target, a line an event, in Chinese
CREATE TABLE history (
    position bigint PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    target_id uuid,
    alert_id uuid,
    indicator_id uuid,
    on_day date,
    topic text NOT NULL,
    actor text NOT NULL,
    -- who filled in with an account of several people (operational.fillers)
    filler uuid,
    source text NOT NULL,
    line text NOT NULL
);
CREATE INDEX history_target ON history (target_id, position);
CREATE INDEX history_alert ON history (alert_id, position);

-- what was recorded of each unit, from a day on; the tree of a day is folded from these
CREATE TABLE unit_changes (
    unit_id uuid NOT NULL,
    position bigint PRIMARY KEY,
    recorded_at timestamptz NOT NULL,
    region text NOT NULL,
    on_day date NOT NULL,
    document text NOT NULL
);
CREATE INDEX unit_changes_region ON unit_changes (region, position);

-- who can sign in, as last known; what they sign in with is operational
CREATE TABLE accounts (
    account_id uuid PRIMARY KEY,
    position bigint NOT NULL,
    region text NOT NULL,
    login text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    is_disabled boolean NOT NULL
);
CREATE TABLE account_grants (
    account_id uuid NOT NULL,
    grant_id uuid NOT NULL,
    role text NOT NULL,
    place text[] NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    lent_by uuid,
    reason text NOT NULL,
    PRIMARY KEY (account_id, grant_id)
);

-- The day payment data are complete to stands on every page, also for who sees no imports.
CREATE FUNCTION payments_complete_to(year int, up_to bigint) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER
RETURN (SELECT max(i.complete_to) FROM imports i
        WHERE i.kind = 'payments' AND i.fiscal_year = year AND i.completed_position <= up_to);

-- Row security: the second fence, whatever the statements above it ask for. The web role sees
-- rows of the units its transaction names (services/readmodel/sight.py), none where it names
-- none. The worker reads all. The owner, as whom nobody signs in, writes: its rows come by
-- COPY, which PostgreSQL refuses where security is forced, so it is forced on no table here.
DO $$
DECLARE
    tab text;
    rule text;
BEGIN
    FOR tab, rule IN VALUES
        ('targets', 'operational.sees_unit(unit_key)'),
        ('target_versions', NULL), ('indicators', NULL), ('target_plans', NULL),
        ('fund_lines', NULL), ('confirmed_indicators', NULL), ('reports', NULL),
        ('target_stages', NULL), ('evidence_steps', NULL), ('shared_indicators', NULL), ('target_life', NULL),
        ('over_budget_confirmations', NULL), ('payment_codes', NULL),
        ('alerts', NULL), ('target_standings', NULL), ('indicator_standings', NULL),
        ('payment_lines', 'operational.sees_unit(''c:'' || unit_code)
            OR target_id IN (SELECT t.target_id FROM targets t)'),
        ('payment_entries', 'operational.sees_unit(''c:'' || unit_code)
            OR target_id IN (SELECT t.target_id FROM targets t)'),
        ('payment_claims', '(voucher_id, line_key) IN
            (SELECT l.voucher_id, l.line_key FROM payment_lines l)'),
        ('claim_rules', 'target_id IN (SELECT t.target_id FROM targets t)'),
        ('claim_rule_ends', '(region, fiscal_year, number) IN
            (SELECT r.region, r.fiscal_year, r.number FROM claim_rules r)'),
        ('alert_history', 'alert_id IN (SELECT a.alert_id FROM alerts a)'),
        ('history', 'target_id IN (SELECT t.target_id FROM targets t)
            OR alert_id IN (SELECT a.alert_id FROM alerts a)'),
        ('unit_standings', 'operational.sees_unit(''c:'' || unit)
            OR operational.sees_unit(''n:'' || unit)'),
        ('imports', 'actor = current_setting(''app.login'', true)')
    LOOP
        rule := coalesce(rule, 'target_id IN (SELECT t.target_id FROM targets t)');
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tab);
        EXECUTE format(
            'CREATE POLICY web ON %I FOR SELECT TO app_rw USING (operational.sees_whole() OR (%s))',
            tab, rule);
        EXECUTE format('CREATE POLICY worker ON %I FOR SELECT TO app_worker USING (true)', tab);
    END LOOP;
END
$$;
