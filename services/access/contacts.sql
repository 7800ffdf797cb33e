-- keep --
INSERT INTO operational.unit_contacts (contact_id, unit_id, post, person, telephone, from_day)
VALUES (%(contact_id)s, %(unit_id)s, %(post)s, %(person)s, %(telephone)s, %(from_day)s)
ON CONFLICT (contact_id) DO NOTHING

-- forget --
DELETE FROM operational.unit_contacts WHERE contact_id = %(contact_id)s

-- in_force --
SELECT DISTINCT ON (unit_id, post) contact_id, unit_id, post, person, telephone, from_day
FROM operational.unit_contacts
WHERE unit_id = ANY (%(units)s) AND from_day <= %(on)s
ORDER BY unit_id, post, from_day DESC, recorded_at DESC
