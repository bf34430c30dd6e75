"""Lessons for clerks, made from the declarations; the engine and the declared checks are the judge."""
