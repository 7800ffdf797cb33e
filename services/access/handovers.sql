-- keep --
INSERT INTO operational.handovers
    (handover_id, from_account, to_account, on_day, recorded_at, recorded_by, document)
VALUES (%(handover_id)s, %(from_account)s, %(to_account)s, %(on_day)s, %(recorded_at)s,
        %(recorded_by)s, %(document)s)

-- one --
SELECT handover_id, from_account, to_account, on_day, recorded_at, recorded_by, document
FROM operational.handovers WHERE handover_id = %(handover_id)s

-- of_account --
SELECT handover_id, from_account, to_account, on_day, recorded_at, recorded_by, document
FROM operational.handovers
WHERE from_account = %(account_id)s OR to_account = %(account_id)s
ORDER BY recorded_at DESC
