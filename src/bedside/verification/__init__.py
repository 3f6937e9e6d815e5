"""No sentence without its proof: one verdict a sentence, made of findings with spans on both sides; fails closed."""
