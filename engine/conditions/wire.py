"""The messages in which the CEL runtime hands out an expression: the few of cel.expr that we read and change.

No Python package ships them. Fields that are not declared here (types, constants of kinds we refuse) are kept as they
are when a message is written again. Source: cel-spec, proto/cel/expr/syntax.proto and checked.proto.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from google.protobuf import any_pb2, descriptor_pb2, descriptor_pool, message_factory

_FIELD = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "int64": _FIELD.TYPE_INT64,
    "int32": _FIELD.TYPE_INT32,
    "uint64": _FIELD.TYPE_UINT64,
    "double": _FIELD.TYPE_DOUBLE,
    "bool": _FIELD.TYPE_BOOL,
    "string": _FIELD.TYPE_STRING,
    "bytes": _FIELD.TYPE_BYTES,
}
# name: (number, type); a type with [] repeats, <T> is a map from int64 to T.
_MESSAGES: dict[str, dict[str, tuple[int, str]]] = {
    "Constant": {
        "null_value": (1, "int32"),
        "bool_value": (2, "bool"),
        "int64_value": (3, "int64"),
        "uint64_value": (4, "uint64"),
        "double_value": (5, "double"),
        "string_value": (6, "string"),
        "bytes_value": (7, "bytes"),
    },
    "Ident": {"name": (1, "string")},
    "Select": {"operand": (1, "Expr"), "field": (2, "string"), "test_only": (3, "bool")},
    "Call": {"target": (1, "Expr"), "function": (2, "string"), "args": (3, "Expr[]")},
    "CreateList": {"elements": (1, "Expr[]")},
    "CreateStruct": {"message_name": (1, "string")},
    "Fold": {
        "iter_var": (1, "string"),
        "iter_range": (2, "Expr"),
        "accu_var": (3, "string"),
        "accu_init": (4, "Expr"),
        "loop_condition": (5, "Expr"),
        "loop_step": (6, "Expr"),
        "result": (7, "Expr"),
    },
    "Expr": {
        "id": (2, "int64"),
        "const_expr": (3, "Constant"),
        "ident_expr": (4, "Ident"),
        "select_expr": (5, "Select"),
        "call_expr": (6, "Call"),
        "list_expr": (7, "CreateList"),
        "struct_expr": (8, "CreateStruct"),
        "comprehension_expr": (9, "Fold"),
    },
    "SourceInfo": {"line_offsets": (3, "int32[]"), "positions": (4, "<int32>")},
    "Reference": {"name": (1, "string"), "overload_id": (3, "string[]")},
    "Type": {},
    "ParsedExpr": {"expr": (2, "Expr"), "source_info": (3, "SourceInfo")},
    "CheckedExpr": {
        "reference_map": (2, "<Reference>"),
        "type_map": (3, "<Type>"),
        "source_info": (5, "SourceInfo"),
        "expr": (4, "Expr"),
    },
}


def read(serialized: bytes) -> Any:
    """The ParsedExpr or CheckedExpr inside what the runtime serialized."""
    envelope = any_pb2.Any.FromString(serialized)
    return _class(envelope.type_url.rpartition(".")[2]).FromString(envelope.value)


def write(checked: Any) -> bytes:
    """A CheckedExpr as the runtime deserializes it."""
    name = f"type.googleapis.com/{checked.DESCRIPTOR.full_name}"
    return any_pb2.Any(type_url=name, value=checked.SerializeToString(deterministic=True)).SerializeToString()


@cache
def _class(name: str) -> Any:
    return message_factory.GetMessageClass(_pool().FindMessageTypeByName(f"cel.expr.{name}"))


@cache
def _pool() -> descriptor_pool.DescriptorPool:
    """A pool of our own, so that nothing meets another library's copy of these messages."""
    file = descriptor_pb2.FileDescriptorProto(name="cel_expr.proto", package="cel.expr", syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        for field, (number, kind) in fields.items():
            _add(message, field, number, kind)
        if name in {"Expr", "Constant"}:
            _one_of(message)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool


def _add(message: descriptor_pb2.DescriptorProto, name: str, number: int, kind: str) -> None:
    field = message.field.add(name=name, number=number, label=_FIELD.LABEL_OPTIONAL)
    if kind.startswith("<"):
        entry = message.nested_type.add(name="".join(part.title() for part in name.split("_")) + "Entry")
        entry.options.map_entry = True
        _add(entry, "key", 1, "int64")
        _add(entry, "value", 2, kind.strip("<>"))
        kind = f"{message.name}.{entry.name}[]"
    if kind.endswith("[]"):
        field.label, kind = _FIELD.LABEL_REPEATED, kind.removesuffix("[]")
    if kind in _SCALARS:
        field.type = _SCALARS[kind]
    else:
        field.type, field.type_name = _FIELD.TYPE_MESSAGE, f".cel.expr.{kind}"


def _one_of(message: descriptor_pb2.DescriptorProto) -> None:
    """Put every field but the id into one choice, so that a false or an empty text still says which it is."""
    message.oneof_decl.add(name="kind")
    for field in message.field:
        if field.name != "id":
            field.oneof_index = 0
