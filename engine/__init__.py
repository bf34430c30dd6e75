"""The generic engine: it runs any declared procedure and knows none of them.

It reads no clock, no file and no environment: definitions, municipality, clock, store and answer checker are given.
"""
