-- claim --
INSERT INTO payment_claims (voucher_id, line_key, position, recorded_at, actor, shares, reason)
VALUES (%(voucher_id)s, %(line_key)s, %(position)s, %(recorded_at)s, %(actor)s, %(shares)s,
        %(reason)s)

-- rule --
INSERT INTO claim_rules (region, fiscal_year, number, position, recorded_at, actor, pattern,
                         target_id, from_on, reason)
VALUES (%(region)s, %(fiscal_year)s, %(number)s, %(position)s, %(recorded_at)s, %(actor)s,
        %(pattern)s, %(target_id)s, %(from_on)s, %(reason)s)

-- rule_end --
INSERT INTO claim_rule_ends (region, fiscal_year, number, position, recorded_at, actor, stops_on,
                             reason)
VALUES (%(region)s, %(fiscal_year)s, %(number)s, %(position)s, %(recorded_at)s, %(actor)s,
        %(stops_on)s, %(reason)s)
