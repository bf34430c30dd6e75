"""Madoguchi (窓口): the launcher and the version; everything else lives in the rooms beside it."""

__version__ = "0.1.0"
