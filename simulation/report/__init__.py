"""The report of a run: one offline HTML page in Japanese, and the same tables as CSV files."""

from simulation.report.files import write_csv
from simulation.report.page import render

__all__ = ["render", "write_csv"]
