"""What a queue tells afterwards: its statistics, and a day step by step."""
