"""The purpose of an export: who must say it, what counts as one, and the same refusal on every way out."""

from __future__ import annotations

from collections.abc import Sequence

from apps.outcome import Refused
from apps.purposes import OTHER
from forms.definition import AppDefinition, columns_of

LONGEST = 200
_SEPARATORS = ':： '


def is_personal(definition: AppDefinition) -> bool:
    """Whether a field of the app, or a column of its subtables, holds personal or sensitive information."""
    fields = [each for field in definition.fields.values() for each in (field, *columns_of(field).values())]
    return any(each.privacy in {'personal', 'sensitive'} for each in fields)


def accepted(definition: AppDefinition, purpose: str, listed: Sequence[str]) -> str:
    """The purpose as it is kept, '' where none is needed and none was given.

    Raises Refused 'invalid', with the same words on every way out, when an app with personal information is to be
    exported and no purpose of the list, nor «その他» with a text of its own, was given.
    """
    plain = ' '.join(purpose.split())[:LONGEST]
    if found := said(plain, listed):
        return found
    if not is_personal(definition):
        return plain
    raise Refused('invalid', detail=refusal(definition, listed))


def said(purpose: str, listed: Sequence[str]) -> str:
    """The purpose when it is one of the list, or «その他» with a text of its own; else ''."""
    plain = ' '.join(purpose.split())[:LONGEST]
    if plain in listed:
        return plain
    other = plain.removeprefix(OTHER).strip(_SEPARATORS) if plain.startswith(OTHER) else ''
    return f'{OTHER}: {other}' if other else ''


def refusal(definition: AppDefinition, listed: Sequence[str]) -> str:
    """What is said on screen, by the API and on the command line alike."""
    words = '、'.join(f'「{each}」' for each in listed)
    return (
        f'「{definition.title}」には個人情報があります。書き出す目的を、{words}から選ぶか、'
        f'「{OTHER}: 理由」の形で入力してください。'
    )
