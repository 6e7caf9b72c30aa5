"""Pages whose code, formulas, numbers and links are tests."""
