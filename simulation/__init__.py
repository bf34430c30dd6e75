"""A simulated year of a city: what a run measured, and the report that tells it.

The run asks the office to work cases on a virtual clock; the report only reads `simulation.results`. This room knows
no procedure and no city:
labels, limits and assumptions come with the results, and a figure that cannot be counted again from the event log is
not one of them.
"""
