-- Where the unit stands that a line of the audit is about, as a path of segments; empty where it
-- is the region, or no unit.
ALTER TABLE log.audit ADD COLUMN place text[] NOT NULL DEFAULT '{}';
CREATE INDEX audit_actor ON log.audit (actor, number);
