"""The page on which somebody outside answers one task, opened by a link."""
