"""The beginning of a new procedure: files that load, run and are whole, to be changed into the procedure meant."""
