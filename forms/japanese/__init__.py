"""Pure rules for Japanese text: dates, widths, kana, numbers, telephone numbers, names and codes."""
