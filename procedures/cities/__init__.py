"""A city's profile made from what the city knows: questions, the sheet they stand on, and the file that follows."""
