"""Reader reports: the form beside an answer, its private outcome page, the editors' list, the export."""
