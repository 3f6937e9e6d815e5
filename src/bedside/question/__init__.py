"""The question: what is asked, by whom, whether it cannot wait, and what is declined."""
