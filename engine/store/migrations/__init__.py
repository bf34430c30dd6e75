"""The steps from one revision of the tables to the next; alembic reads them, only forward."""
