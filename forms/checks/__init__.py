"""What can be wrong in a definition beyond the spelling of one setting; each file looks at one thing."""
