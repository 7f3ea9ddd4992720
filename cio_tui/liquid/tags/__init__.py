"""Tags: those of both engines, and Customer.io's own."""
