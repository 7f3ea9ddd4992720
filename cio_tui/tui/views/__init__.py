"""The console's views: a list and its inspector each."""
