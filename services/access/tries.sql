-- find --
SELECT count, last_at FROM operational.sign_in_tries
WHERE key = %(key)s AND last_at > %(forgotten_before)s
FOR UPDATE

-- count --
INSERT INTO operational.sign_in_tries (key, count, last_at) VALUES (%(key)s, 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN sign_in_tries.last_at > %(forgotten_before)s
                 THEN sign_in_tries.count + 1 ELSE 1 END,
    last_at = EXCLUDED.last_at

-- forget --
DELETE FROM operational.sign_in_tries WHERE key = %(key)s

-- take_back --
UPDATE operational.sign_in_tries SET count = greatest(count - 1, 0) WHERE key = %(key)s

-- tidy --
DELETE FROM operational.sign_in_tries WHERE last_at <= %(forgotten_before)s
