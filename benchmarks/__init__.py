"""Measurements of the product beside plainer ways to do the same, in one run on one machine: `python -m benchmarks`."""
