"""A network of work as integer tables, played by one loop: as plain Python, or compiled where numba is installed."""
