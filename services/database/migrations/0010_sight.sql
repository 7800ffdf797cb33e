-- What row security asks: whose rows a transaction may see. The settings are local to the
-- transaction (services/readmodel/sight.py); where none is made, nothing is seen.
CREATE FUNCTION operational.sees_whole() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('app.whole', true), '') = 'yes';

CREATE FUNCTION operational.sees_unit(key text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN operational.sees_whole() OR coalesce(
    key = ANY (string_to_array(nullif(current_setting('app.units', true), ''), E'\n')), false);
