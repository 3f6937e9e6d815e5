"""Reading from outside: house content, checked and compiled to the one file the program reads."""
