"""Questionnaires as XLSForm files: read from xlsx, xls, ods and csv, checked with every fault at its place, written.

A stranger's file goes through `etl.readers` (a child process with limits) and `etl.recognise.xlsform_sheets`; what the
sheets say becomes a `surveys.model.Form` in `surveys.questionnaires`. pyxform, the field's reference, is asked too, on
the sheets that were read, never on the file, and never with a validator of another program.

May import `surveys` and, of `etl`, the readers, the recognisers and the cells of exports.
"""
