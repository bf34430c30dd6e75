"""What a transaction can do, a file for each kind of row."""
