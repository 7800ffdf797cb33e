-- changes --
SELECT document FROM unit_changes
WHERE region = %(region)s AND position <= %(known_at)s AND on_day <= %(as_of)s
