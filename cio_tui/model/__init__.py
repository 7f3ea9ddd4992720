"""Plain records and the product's limits. Nothing here reads a clock, a file or a database."""
