"""Side by side with what a user would pick instead: every figure of one table comes from one run on one machine."""
