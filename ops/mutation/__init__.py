"""The mutation run of ``make soak``: does a test notice when a rule is broken on purpose?"""
