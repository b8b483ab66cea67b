"""Taking in a file of road requests, beside the plain ways of doing it, in one run on one machine."""
