"""A procedure drawn: its states in lanes by role, its events as arrows, its tasks as machines in frames beside them.

`words` says what a row of the declaration is called, `graph` makes nodes and ways of a machine, `layers`, `ordering`,
`placing` and `routing` give them places, `sheets` lays the parts on paper, `svg` and `mermaid` write them down.
"""
