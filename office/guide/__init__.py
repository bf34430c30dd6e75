"""The guide: what happened in somebody's life, and which procedures of the city follow from it until when."""
