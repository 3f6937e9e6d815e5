"""Servers: the pages and the JSON API on one application, behind one set of walls."""
