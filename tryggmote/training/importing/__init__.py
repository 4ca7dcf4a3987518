"""Completions from a file (4.1): a spreadsheet, or what a platform says. Shown first, then recorded."""
