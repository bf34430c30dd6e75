"""What a declaration says, as frozen types that know no file format."""

from engine.definition.procedure import Approval, Clock, Fragment, Lists, Procedure, Task
from engine.definition.rows import Part, Row, ValueType

__all__ = ["Approval", "Clock", "Fragment", "Lists", "Part", "Procedure", "Row", "Task", "ValueType"]
