"""The JSON API: the same functions as the commands and the pages, for programs."""
