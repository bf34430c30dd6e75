"""One city wired together: definitions, forms, store and engine. Nothing here decides; it hands the engine its ports."""
