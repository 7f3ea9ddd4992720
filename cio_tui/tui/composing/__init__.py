"""Writing a message: its fields, the text with its colours and completion, drafts."""
