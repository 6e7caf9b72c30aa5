"""Documentation that cannot say what is not so: every block, equation and number runs."""
