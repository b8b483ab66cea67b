"""The list of an app's records as a program asks for it: narrowed, sorted, page by page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from starlette.datastructures import QueryParams
from starlette.requests import Request

from apps.api.answers import person_of
from apps.api.described import described
from apps.api.noted import note_look
from apps.api.shapes import ListTold
from apps.operations.world import NOTHING_MASKED
from apps.outcome import Refused
from apps.reading import Wanted
from apps.reading.field_filters import OPERATORS
from apps.reading.narrowing import FISCAL_YEAR
from forms.message import Message
from storage.errors import WrongCursor

if TYPE_CHECKING:
    from apps.context import AppContext
    from apps.reading import Filters

FILTER = 'filter.'
_KNOWN = frozenset({'view', 'q', 'sort', 'after', 'limit', 'show'})
_LIST = f"""条件は `filter.項目名=値` で書きます。同じ項目をくり返すと、どれかに合うもの。項目名の後ろには次も書けます。

{''.join(f'* `filter.項目名.{each}=値` {told}{chr(10)}' for each, told in OPERATORS.items())}
登録と変更の日時は `_created_at`、`_changed_at`、人は `_created_by`、`_changed_by` という項目名です。
`年度` がある一覧では `filter.年度=2026` とも書けます。
"""

_FILTER_PARAMETER = {
    'name': 'filter',
    'in': 'query',
    'required': False,
    'style': 'form',
    'explode': True,
    'description': '条件。filter.項目名=値、filter.項目名.from=値 など',
    'schema': {'type': 'object', 'propertyNames': {'pattern': r'^filter\.'}, 'additionalProperties': True},
}


def register(router: APIRouter, context: AppContext) -> None:
    @router.get(
        '/api/v1/apps/{app}/records',
        response_model=ListTold,
        **described('レコードの一覧', 'read', 'レコード', text=_LIST),
    )
    def records(  # noqa: PLR0913, PLR0917 - query parameters
        request: Request,
        app: str,
        view: Annotated[str | None, Query(description='一覧の名前。書かなければ全部のレコード')] = None,
        q: Annotated[str, Query(max_length=200, description='検索の言葉。間をあけると、すべてを含むもの')] = '',
        sort: Annotated[
            str, Query(max_length=500, description='並び順。項目名をコンマで区切り、逆順は - を付けます')
        ] = '',
        after: Annotated[str | None, Query(max_length=4000, description='前のページの after')] = None,
        limit: Annotated[int, Query(ge=1, le=200, description='1ページの件数')] = 50,
        show: Annotated[bool, Query(description='true なら、画面に出る文字(texts)も付けます')] = False,
    ) -> dict[str, Any]:
        refuse_unknown(request.query_params)
        person = person_of(request)
        filters = filters_of(request.query_params)
        wanted = Wanted(q, filters, sort, limit, after=after, masks=NOTHING_MASKED)
        try:
            found = context.reading.page(app, view or None, wanted, by=person)
        except ValueError as error:
            raise unreadable(error) from error
        rows = [
            {
                'id': each.id,
                'rev': each.rev,
                'title': each.title,
                'values': {name: value for name, value in each.values.items() if not name.startswith('_')},
                'texts': {name: text for name, text in each.cells.items() if text} if show else None,
            }
            for each in found.rows
        ]
        note_look(context, person, app, (each['values'] for each in rows))
        if q:
            context.audit.searched(person, app, q, found.total)
        return {'records': rows, 'total': found.total, 'after': found.after}


def filters_of(given: QueryParams) -> Filters:
    """`filter.<field>` and `filter.<field>.<operator>` of an address, with all the values of each."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for name, value in given.multi_items():
        if name.startswith(FILTER):
            found[name.removeprefix(FILTER)] += (value,)
    return {name: values[0] if name == FISCAL_YEAR else values for name, values in found.items()}


def filters_on_screen(given: Mapping[str, str]) -> Filters:
    """The same for files: a field alone is meant as the screen means it (期限=overdue), with an operator as above."""
    asked = {name.removeprefix(FILTER): value for name, value in given.items() if name.startswith(FILTER)}
    return {name: (value,) if '.' in name else value for name, value in asked.items()}


def refuse_unknown(given: QueryParams) -> None:
    """A misspelt filter must not come back as every record there is. Raises Refused."""
    unknown = [name for name in given if name not in _KNOWN and not name.startswith(FILTER)]
    if unknown:
        texts = [Message(name, 'unknown_parameter', f'「{name}」という指定はありません。') for name in unknown]
        raise Refused('invalid', texts)


def unreadable(error: ValueError) -> Refused:
    """A filter, an order or a cursor that cannot be understood, as a refusal."""
    if isinstance(error, WrongCursor):
        text = '続きの位置を読み取れません。前の答えの after を、同じ並び順のまま送ってください。'
        return Refused('invalid', [Message('after', 'wrong_cursor', text)])
    messages = getattr(error, 'messages', ())
    return Refused('invalid', messages, detail='' if messages else str(error))
