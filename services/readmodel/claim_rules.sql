-- rules --
-- Each rule with what was said last of its end.
SELECT DISTINCT ON (r.region, r.fiscal_year, r.number)
       r.region, r.fiscal_year, r.number, r.pattern, r.target_id, r.from_on, e.stops_on
FROM claim_rules r LEFT JOIN claim_rule_ends e USING (region, fiscal_year, number)
ORDER BY r.region, r.fiscal_year, r.number, e.position DESC
