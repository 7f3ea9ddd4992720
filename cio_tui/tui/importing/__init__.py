"""The import wizard: its four steps, and what they stand on."""
