"""What is known of the patient: typed facts with spans, units, subject and time."""
