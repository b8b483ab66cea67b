"""What can go wrong: mistakes found while reading a formula, errors met while evaluating one."""

from dataclasses import dataclass
from typing import Final

ERROR_KINDS: Final[dict[str, int]] = {
    'None': 0,
    'Sync': 1,
    'MissingRequired': 2,
    'CreatePermission': 3,
    'EditPermissions': 4,
    'DeletePermissions': 5,
    'Conflict': 6,
    'NotFound': 7,
    'ConstraintViolated': 8,
    'GeneratedValue': 9,
    'ReadOnlyValue': 10,
    'Validation': 11,
    'Unknown': 12,
    'Div0': 13,
    'BadLanguageCode': 14,
    'BadRegex': 15,
    'InvalidFunctionUsage': 16,
    'FileNotFound': 17,
    'AnalysisError': 18,
    'ReadPermission': 19,
    'NotSupported': 20,
    'InsufficientMemory': 21,
    'QuotaExceeded': 22,
    'Network': 23,
    'Numeric': 24,
    'InvalidArgument': 25,
    'Internal': 26,
    'NotApplicable': 27,
    'Timeout': 28,
    'ServiceUnavailable': 29,
    'InvalidJSON': 30,
    'Custom': 1000,
}
"""Power Fx's error kinds and their numbers, as IfError(…, FirstError.Kind) shows them."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in the text of a formula; start and end count characters of the source, end excluded."""

    code: str
    text: str
    advice: str
    start: int
    end: int


class FormulaError(Exception):
    """A formula failed on a record: kind is a key of ERROR_KINDS.

    Start and end mark the piece of source (-1: unknown).
    """

    def __init__(self, kind: str, text: str, start: int = -1, end: int = -1) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        return f'FormulaError({self.kind!r}, {self.text!r}, {self.start}, {self.end})'
