"""How long the library takes, beside what a user would use in its place."""
