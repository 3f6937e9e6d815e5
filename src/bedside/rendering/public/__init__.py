"""What the public pages show, as plain nouns without HTML: made from the content, never from a thread."""
