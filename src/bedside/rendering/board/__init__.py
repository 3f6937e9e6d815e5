"""What the board says in words: actions, reasons, traits. For pages and the command line alike."""
