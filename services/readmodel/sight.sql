-- impose --
SELECT set_config('app.whole', %(whole)s, true), set_config('app.units', %(units)s, true),
       set_config('app.login', %(login)s, true)
