"""A declaration as BPMN 2.0: a process for the case with its lanes, one for each task, and where all of it stands."""

from procedures.bpmn.drawing import Drawing, drawing

__all__ = ["Drawing", "drawing"]
