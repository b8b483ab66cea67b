"""Records as Excel files that machines and supervisors can both read."""
