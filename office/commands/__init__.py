"""The commands of the office; each only turns words into a call and the answer into lines."""
