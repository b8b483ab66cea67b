"""Forms that citizens fill in without an account."""
