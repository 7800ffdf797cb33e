"""绩效目标申报表: a declared target written out as a form, in a workbook or a Word document.

A template is data (``standard``, ``hebei``); ``layout`` fills it from a declaration, and
``workbook`` and ``document`` draw what comes out. ``carried`` says what a form cannot carry.
"""
