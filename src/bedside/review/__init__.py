"""Review by people: what is reviewed, who may do what, what a signature rests on, and when it no longer holds.

Pure: no clock, no database, no web. Times and states come in as arguments; ``ReviewStore`` is the port of what is kept.
"""
