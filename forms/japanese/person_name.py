"""The name of a person: kept exactly as typed."""

_INVISIBLE_ENDS = '\u200b\ufeff'


def clean(text: str) -> str:
    """Only blanks at both ends go. No normalisation of any kind: even NFC changes kanji of names (神 U+FA19)."""
    return text.strip().strip(_INVISIBLE_ENDS).strip()
