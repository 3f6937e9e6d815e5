"""Text as spans: offsets, sentences, numbers, and the matching form that keeps what matters in medicine."""
