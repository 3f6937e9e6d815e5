"""What is cited: sources, passages, our statements, and the port through which a library is read."""
