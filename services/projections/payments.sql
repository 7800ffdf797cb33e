-- places --
-- Region and year of targets that were declared in an earlier window.
SELECT target_id, region, fiscal_year FROM payment_codes
WHERE kind = 'target' AND code = ANY (%(ids)s)

-- known_codes --
SELECT region, fiscal_year, kind, code, target_id
FROM payment_codes
WHERE code = ANY (%(texts)s)
ORDER BY position

-- known_lines --
-- Lines of touched vouchers, and those that wait for a code that is declared now.
SELECT voucher_id, line_key, position, recorded_at, region, fiscal_year, kind, voucher_no,
       target_id, standing, shares, document
FROM payment_lines
WHERE voucher_id = ANY (%(vouchers)s)
   OR (standing = 'unclaimed'
       AND (project_code = ANY (%(texts)s)
            OR (project_code IS NULL AND document_no = ANY (%(texts)s))))
ORDER BY position, voucher_id, line_key

-- add_code --
INSERT INTO payment_codes (region, fiscal_year, kind, code, target_id, position)
VALUES (%s, %s, %s, %s, %s, %s)

-- copy_lines --
COPY payment_lines (voucher_id, line_key, position, recorded_at, region, fiscal_year, kind,
                    voucher_no, amount, paid_on, project_code, unit_code, document_no, target_id,
                    standing, shares, document) FROM STDIN

-- change_line --
UPDATE payment_lines
SET amount = %(amount)s, paid_on = %(paid_on)s, project_code = %(project_code)s,
    unit_code = %(unit_code)s, document_no = %(document_no)s, target_id = %(target_id)s,
    standing = %(standing)s, shares = %(shares)s, document = %(document)s
WHERE voucher_id = %(voucher_id)s AND line_key = %(line_key)s

-- copy_entries --
COPY payment_entries (position, recorded_at, paid_on, amount, region, fiscal_year, standing,
                      target_id, unit_code, kind, fund_nature, payee_account, voucher_id,
                      line_key) FROM STDIN
