"""One city wired together: definitions, forms, store and engine. It decides nothing: it hands the engine its ports."""
