"""What differs between two editions of a declaration, told in the words of those who work with it."""
