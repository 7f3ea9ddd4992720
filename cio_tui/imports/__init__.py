"""CSV files as commands: read, check, say by row and column what cannot be taken. Nothing is written here."""
