"""Documentation in which every block, equation and number is put to the test."""
