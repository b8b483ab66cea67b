"""The drawn half: operations on records, and the ways in to them (screens, API, Excel, command line)."""
