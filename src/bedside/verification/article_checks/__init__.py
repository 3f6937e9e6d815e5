"""An article held against itself: what can be found wrong in it without opening any other source."""
