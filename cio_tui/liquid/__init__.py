"""Customer.io's Liquid: two profiles of one language, rendered, checked and measured. It knows no workspace."""
