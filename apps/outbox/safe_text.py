"""What people typed, made safe for the head of a mail: one line, one address, nothing that a server could obey."""

from __future__ import annotations

import re

_CONTROL = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029]+')
_CONTROL_IN_BODY = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]')
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}"
_LABEL = r'[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?'
_ADDRESS = re.compile(rf'{_LOCAL}@{_LABEL}(?:\.{_LABEL})+')
_LONGEST_ADDRESS = 254


def one_line(text: str) -> str:
    """Without line breaks and control characters, so that nobody adds a header by typing one."""
    return _CONTROL.sub(' ', text).strip()


def several_lines(text: str) -> str:
    """A body: its own line breaks, no other control characters."""
    return _CONTROL_IN_BODY.sub('', text.replace('\r\n', '\n').replace('\r', '\n'))


def refused_address(address: str) -> str:
    """Why this is not exactly one mail address, in Japanese; '' when it is (RFC 5321, without quoted local parts)."""
    if len(address) <= _LONGEST_ADDRESS and _ADDRESS.fullmatch(address):
        return ''
    return 'メールアドレスが正しくありません。'
