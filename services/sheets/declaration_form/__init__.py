"""绩效目标申报表: a declared target written out as a form, in a workbook or a Word document.

A template is data (``standard``, ``hebei``); ``layout`` fills it from a declaration, and
``department`` from a department's own goals. ``workbook`` and ``document`` draw what comes out
(``paper``). ``carried`` says what a form cannot carry, ``differences`` what did not come back.
"""
