"""The pages: thin routes that call the same functions as the commands, and draw what comes of it."""
