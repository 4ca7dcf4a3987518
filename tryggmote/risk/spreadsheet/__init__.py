"""An assessment as a workbook, out and in (2.1): people have them in Excel today.

Out: `exporting`. In: `reading` takes our own file, `foreign` anybody's with its columns chosen. Both make
`rows`, which `merging` compares with the draft; `taking_in` carries the difference out.
"""
