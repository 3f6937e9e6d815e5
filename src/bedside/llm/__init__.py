"""Models: optional, opened from files the reader has, and never needed for an answer."""
