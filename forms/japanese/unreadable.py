"""The one way in which a reader of Japanese text says that it could not read it."""


class UnreadableText(ValueError):
    """Text that a reader cannot take; `str()` of it is a Japanese sentence for the person who typed.

    `code` is a stable name of the reason, for tests and for callers that treat reasons differently.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
