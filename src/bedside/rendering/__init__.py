"""From an answer to text: pure functions that choose among verified sentences and write none of their own."""
