"""Questionnaires out, in the forms people use: the answer sheet, the paper form, and the files of survey tools.

Every writer takes a `surveys.model.form.Form`, so that a shipped, an own and an uploaded questionnaire go the same way.
May import openpyxl, python-docx, pyxform, `surveys` and the styling of `etl.exports.partnership_workbook`.
"""
