"""Every way a case can go: its state, its tasks, its clocks and what was proposed, without anybody's data."""
