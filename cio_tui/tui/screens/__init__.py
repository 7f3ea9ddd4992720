"""Forms and dialogs that stand over the views."""
