"""The article: an outline, and sentences that each carry their citations, in two wordings of the same content."""
