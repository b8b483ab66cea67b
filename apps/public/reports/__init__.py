"""What everybody may see of an app's records: the released ones as a list and a map, and the way of one number."""
