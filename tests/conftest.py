"""For every test: hypothesis draws the same examples on every machine, however slow the machine is."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
