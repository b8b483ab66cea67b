"""What members of staff are told: written with the save that caused it, or when a day comes; read in the app."""
