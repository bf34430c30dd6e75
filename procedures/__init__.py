"""The procedures as data, and the loader that turns them into the engine's types.

`<field>/<id>.toml` is a procedure, `<id>.simulation.toml` beside it what a simulation assumes, `fragments/` what
several share, `tables/` figures that the law dates, `municipalities/` the cities, `life_events/` where
the guide begins. This room knows TOML; it does not know CEL (conditions are only listed here) and runs nothing.
"""
