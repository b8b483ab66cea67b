"""Answers in XML or JSON from one shape: both say the same, and codes are texts in both."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.responses import Response

FORMATS: Final = {'xml': 'text/xml', 'json': 'application/json'}
_ITEMS: Final = {
    'services': 'service',
    'service_requests': 'request',
    'attributes': 'attribute',
    'values': 'value',
    'endpoints': 'endpoint',
    'formats': 'format',
    'errors': 'error',
}
"""Name of a list in XML -> name of its items; in JSON the items have no name."""
_NOT_XML: Final = re.compile('[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
"""Characters that XML 1.0 cannot hold, not even escaped."""


class Wrong(Exception):
    """Why a request is not answered. status: 404 unknown code or id, 403 key, 429 too often, 400 anything else."""

    def __init__(self, status: int, *descriptions: str, seconds: int = 0) -> None:
        super().__init__(*descriptions)
        self.status = status
        self.descriptions = descriptions
        self.seconds = seconds

    def answer(self, form: str) -> Response:
        told = [{'code': str(self.status), 'description': each} for each in self.descriptions]
        response = answer('errors', told, form, self.status)
        if self.seconds:
            response.headers['Retry-After'] = str(self.seconds)
        return response


def answer(name: str, told: Any, form: str, status: int = 200) -> Response:
    """told: what JSON holds; name: of the root in XML. form: 'json', else XML, which the standard requires."""
    kind = form if form in FORMATS else 'xml'
    body = json.dumps(told, ensure_ascii=False).encode() if kind == 'json' else xml(name, told)
    headers = {'Content-Type': f'{FORMATS[kind]}; charset=utf-8'}
    return Response(body, status, headers)


def xml(name: str, told: Any) -> bytes:
    """Dictionaries as elements, lists as elements of their item's name, None as an empty element."""
    root = Element(name)
    _fill(root, told)
    written: bytes = tostring(root, encoding='utf-8', xml_declaration=True)
    return written


def _fill(element: Element, told: Any) -> None:
    if isinstance(told, Mapping):
        for key, value in told.items():
            _fill(SubElement(element, key), value)
    elif isinstance(told, Sequence) and not isinstance(told, str):
        for each in told:
            _fill(SubElement(element, _ITEMS[element.tag]), each)
    elif isinstance(told, bool):
        element.text = 'true' if told else 'false'
    elif told is not None:
        element.text = _NOT_XML.sub('', str(told))
