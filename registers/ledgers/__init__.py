"""The registers as views of the made-up population: what each knows of a person, field by field."""
