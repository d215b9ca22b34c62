"""PDFs of documents: LibreOffice makes them, each is checked, and many are joined for the printer."""
