"""From figures to assumptions: a ministry's table, a city's own sheet, a log of past cases.

What is fitted becomes a file that a run can be given; what could not be fitted is said.
"""
