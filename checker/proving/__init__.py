"""What is so of every valid answer, or an answer for which it is not: found by a search that counts its steps."""
