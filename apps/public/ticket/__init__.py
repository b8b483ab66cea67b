"""The page on a visitor's own phone, opened by the QR code of a ticket."""
