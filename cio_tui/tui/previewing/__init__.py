"""What a message becomes: beside an event, in the list of messages, while it is written, and over many events at once."""
