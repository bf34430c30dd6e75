"""As-is against to-be: levers in a scenario file, pairs of runs that share their luck, and the search for staff."""
