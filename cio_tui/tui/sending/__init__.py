"""What the send form knows without a screen: drafts, reading them, checks, what would happen, what a copy changes."""
