"""The statement as a document: on its own, annexed to a letter, or as a spreadsheet."""
