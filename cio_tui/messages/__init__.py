"""Messages: subject, headers and body together, read from files, rendered for a person and an event."""
