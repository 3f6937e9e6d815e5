"""The command line: one file a command group. Results go to stdout, everything else to stderr."""
