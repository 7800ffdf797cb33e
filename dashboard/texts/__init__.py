"""Every word on the screen: terms and the frame, then one module a page.

A page imports its own module as ``text`` and the terms as ``terms``.
"""
