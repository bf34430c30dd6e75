"""Who may do what in which state: the permissions of a procedure, enumerated from what it and a city declare."""
