"""The addresses for programs, the entry form among them: JSON in, JSON out, problems in Japanese."""
