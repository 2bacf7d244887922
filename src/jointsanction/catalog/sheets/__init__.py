"""The catalogue as sheets of a workbook (三清单): what an office edits in a spreadsheet, without losing a field."""
