"""`madoguchi train`: lessons for clerks, by plain commands."""

from training.commands import lessons, teaching
from training.commands.group import train

__all__ = ["lessons", "teaching", "train"]
