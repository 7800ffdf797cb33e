-- places --
-- Region and year of targets that were declared in an earlier window.
SELECT target_id, region, fiscal_year FROM payment_codes
WHERE kind = 'target' AND code = ANY (%(ids)s)

-- known_codes --
SELECT region, fiscal_year, kind, code, target_id, basis
FROM payment_codes
WHERE code = ANY (%(texts)s)
ORDER BY position

-- lines_of_vouchers --
SELECT voucher_id, line_key, position, recorded_at, region, fiscal_year, kind, voucher_no,
       amount, paid_on, project_code, project_name, unit_code, unit_name, document_no, fund_nature,
       economic_class, payee_account, summary, vouchered_on, source_row, target_id, standing, basis,
       rule, shares
FROM payment_lines
WHERE voucher_id = ANY (%(vouchers)s)
ORDER BY position, voucher_id, line_key

-- lines_that_wait --
-- Those that print a code which is declared now, and that no code and no person gave to anybody.
SELECT voucher_id, line_key, position, recorded_at, region, fiscal_year, kind, voucher_no,
       amount, paid_on, project_code, project_name, unit_code, unit_name, document_no, fund_nature,
       economic_class, payee_account, summary, vouchered_on, source_row, target_id, standing, basis,
       rule, shares
FROM payment_lines
WHERE loose
  AND (project_code = ANY (%(texts)s)
       OR (project_code IS NULL AND document_no = ANY (%(texts)s)))
ORDER BY position, voucher_id, line_key

-- loose_lines --
-- What a rule of the region and year may move.
SELECT voucher_id, line_key, position, recorded_at, region, fiscal_year, kind, voucher_no,
       amount, paid_on, project_code, project_name, unit_code, unit_name, document_no, fund_nature,
       economic_class, payee_account, summary, vouchered_on, source_row, target_id, standing, basis,
       rule, shares
FROM payment_lines
WHERE loose AND region = %(region)s AND fiscal_year = %(fiscal_year)s
ORDER BY position, voucher_id, line_key

-- add_code --
INSERT INTO payment_codes (region, fiscal_year, kind, code, target_id, basis, position)
VALUES (%s, %s, %s, %s, %s, %s, %s)

-- copy_lines --
COPY payment_lines (voucher_id, line_key, position, recorded_at, region, fiscal_year, kind,
                    voucher_no, amount, paid_on, vouchered_on, source_row, project_code,
                    project_name, unit_code, unit_name, document_no, fund_nature, economic_class,
                    payee_account, summary, standing, target_id, basis, rule, loose,
                    shares) FROM STDIN

-- enter_lines --
-- The first entries of a window's new lines, except of those that it also changes.
INSERT INTO payment_entries (position, recorded_at, paid_on, amount, region, fiscal_year, standing,
                             target_id, basis, rule, unit_code, kind, fund_nature, payee_account,
                             voucher_id, line_key)
SELECT position, recorded_at, paid_on, amount, region, fiscal_year, standing, target_id, basis,
       rule, unit_code, kind, fund_nature, payee_account, voucher_id, line_key
FROM payment_lines
WHERE position BETWEEN %(first)s AND %(last)s
  AND (voucher_id, line_key) NOT IN (
      SELECT * FROM unnest(%(vouchers)s::uuid[], %(line_keys)s::text[]))

-- change_line --
UPDATE payment_lines
SET amount = %(amount)s, paid_on = %(paid_on)s, vouchered_on = %(vouchered_on)s,
    source_row = %(source_row)s, project_code = %(project_code)s, project_name = %(project_name)s,
    unit_code = %(unit_code)s, unit_name = %(unit_name)s, document_no = %(document_no)s,
    fund_nature = %(fund_nature)s, economic_class = %(economic_class)s,
    payee_account = %(payee_account)s, summary = %(summary)s, target_id = %(target_id)s,
    standing = %(standing)s, basis = %(basis)s, rule = %(rule)s, loose = %(loose)s,
    shares = %(shares)s
WHERE voucher_id = %(voucher_id)s AND line_key = %(line_key)s

-- copy_entries --
COPY payment_entries (position, recorded_at, paid_on, amount, region, fiscal_year, standing,
                      target_id, basis, rule, unit_code, kind, fund_nature, payee_account,
                      voucher_id, line_key) FROM STDIN
