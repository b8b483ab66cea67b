"""Open311 GeoReport v2: other systems read what the definitions make public, and send reports."""
