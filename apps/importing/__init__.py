"""Taking in records from Excel and CSV: read, match the columns, judge every row, take in as one act, take back."""
