"""What a reader takes along: a leaflet, an appointment sheet, a note for a colleague, dates for a calendar."""
