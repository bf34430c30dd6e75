"""From shapes to protobuf messages, which is how the type checker learns what may be read.

A scalar is a wrapper message, so that comparing it with null is legal; a list repeats; a record is a message; a map
whose keys are not known is a Struct.
"""

from __future__ import annotations

import re

from google.protobuf import descriptor_pb2, descriptor_pool, struct_pb2, wrappers_pb2

from engine.shapes import Anything, Kind, Many, Record, Scalar, Shape

WRAPPERS: dict[Kind, str] = {
    "text": "google.protobuf.StringValue",
    "date": "google.protobuf.StringValue",
    "month": "google.protobuf.StringValue",
    "whole": "google.protobuf.Int64Value",
    "yen": "google.protobuf.Int64Value",
    "number": "google.protobuf.DoubleValue",
    "yes_no": "google.protobuf.BoolValue",
}
PACKAGE = "_"
_READABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FIELD = descriptor_pb2.FieldDescriptorProto


class Messages:
    """The message of every record met so far, in one pool that only grows."""

    def __init__(self) -> None:
        self.pool = descriptor_pool.DescriptorPool()
        self.records: dict[str, Record] = {}
        for known in (wrappers_pb2, struct_pb2):
            file = descriptor_pb2.FileDescriptorProto()
            known.DESCRIPTOR.CopyToProto(file)
            self.pool.Add(file)

    def named(self, record: Record) -> str:
        """The full name of a new message for a record."""
        file = descriptor_pb2.FileDescriptorProto(
            name=f"{len(self.records)}.proto",
            package=PACKAGE,
            syntax="proto2",
            dependency=["google/protobuf/wrappers.proto", "google/protobuf/struct.proto"],
        )
        name = self._message(file, record)
        self.pool.Add(file)
        return f"{PACKAGE}.{name}"

    def fields_of(self, message: str) -> list[str]:
        """The fields of a message named in an error of the checker."""
        record = self.records.get(message.removeprefix(f"{PACKAGE}."))
        return list(record.fields) if record else []

    def _message(self, file: descriptor_pb2.FileDescriptorProto, record: Record) -> str:
        name = f"R{len(self.records)}"
        self.records[name] = record
        message = file.message_type.add(name=name)
        for number, (field, shape) in enumerate(record.fields.items()):
            if _READABLE.fullmatch(field):
                many = isinstance(shape, Many)
                message.field.add(
                    name=field,
                    json_name=f"{number}",  # or two names that differ in an underscore would collide
                    number=number + 20_000,  # above the numbers that protobuf keeps for itself
                    label=_FIELD.LABEL_REPEATED if many else _FIELD.LABEL_OPTIONAL,
                    type=_FIELD.TYPE_MESSAGE,
                    type_name=f".{self._type(file, shape)}",
                )
        return name

    def _type(self, file: descriptor_pb2.FileDescriptorProto, shape: Shape) -> str:
        match shape:
            case Scalar(kind):
                return WRAPPERS[kind]
            case Record():
                return f"{PACKAGE}.{self._message(file, shape)}"
            case Many(Many()):
                return "google.protobuf.ListValue"
            case Many(item):
                return self._type(file, item)
            case Anything():
                return "google.protobuf.Struct"
