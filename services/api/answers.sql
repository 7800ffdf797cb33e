-- claim --
INSERT INTO operational.api_requests (key, digest) VALUES (%(key)s, %(digest)s)
ON CONFLICT (key) DO NOTHING

-- find --
SELECT digest, body FROM operational.api_requests WHERE key = %(key)s

-- keep --
UPDATE operational.api_requests SET body = %(body)s WHERE key = %(key)s AND body IS NULL
