"""The rules themselves, one module for those that look at the same things."""
