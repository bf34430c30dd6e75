"""The rules that `procedures.references` holds a declaration against: names, arrows, choices and law."""
