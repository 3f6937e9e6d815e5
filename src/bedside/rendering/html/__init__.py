"""The pages: an answer as HTML that works without a script, and the template environment all pages share."""
