"""The photos of a record: one more, boxes painted over one, the boxes taken away, the original let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from apps.api.answers import person_of, saved_json
from apps.api.described import WRITING, described
from apps.api.sent_once import IdempotencyKey, IfMatch, RequestId, known_revision, one_request_id
from apps.api.shapes import SavedTold
from apps.operations.add_photo import PhotoPlace
from apps.painted_boxes import Box

if TYPE_CHECKING:
    from apps.context import AppContext

_TAG = '写真と添付ファイル'
_PHOTOS = '/api/v1/apps/{app}/records/{record}/photos'
_ADD = """`POST /api/v1/files` の答えを `file` に入れて送ると、項目の写真のいちばん後ろに付きます。

ほかの人が先にレコードを変えていても、そのまま付きます。明細の写真は `row`(行の番号)と `column`(列)も送ります。
"""
_BOXES = """写真の中の黒い四角を送ると、塗りつぶした新しい写真に置き換わります。元の画素は、新しい写真には残りません。

四角は、写真の左上から測った割合(0から1)です。`keep_original` を `false` にすると、元の写真を消します。
"""


class Added(BaseModel):
    """file: as POST /api/v1/files answered it."""

    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None
    field: Annotated[str, Field(max_length=100, description='写真の項目、または明細の項目')]
    row: Annotated[str, Field(max_length=100, description='明細の行の番号')] = ''
    column: Annotated[str, Field(max_length=100, description='明細の写真の列')] = ''
    file: dict[str, Any]


class BoxTold(BaseModel):
    model_config = ConfigDict(extra='forbid')

    x: float
    y: float
    width: float
    height: float


class Boxes(BaseModel):
    """rev: the revision that was seen."""

    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None
    rev: Annotated[int | None, Field(ge=0, description='見ていた版')] = None
    boxes: Annotated[list[BoxTold], Field(min_length=1, max_length=50)]
    keep_original: Annotated[bool, Field(description='元の写真を、見てよい人のために残す')] = True


class Seen(BaseModel):
    model_config = ConfigDict(extra='forbid')

    request_id: RequestId | None = None
    rev: Annotated[int | None, Field(ge=0, description='見ていた版')] = None


class PhotoTold(BaseModel):
    field: str
    blob: str
    title: Annotated[str, Field(description='画面での呼び名。例 施工前 2枚目')]
    taken_at: Annotated[str, Field(description='撮影日時。分からなければ空')]
    is_redacted: Annotated[bool, Field(description='塗りつぶしてある')]
    may_redact: Annotated[bool, Field(description='塗りつぶすことができる')]
    keeps_original: Annotated[bool, Field(description='塗りつぶしても、元の写真を見てよい人のために残す')]
    original: Annotated[str, Field(description='塗りつぶす前の写真。見てよい人にだけ')]


class PhotosTold(BaseModel):
    photos: list[PhotoTold]


def register(router: APIRouter, context: AppContext) -> None:
    photos = context.photos

    @router.get(_PHOTOS, response_model=PhotosTold, **described('レコードの写真', 'read', _TAG))
    def listed(request: Request, app: str, record: str) -> dict[str, Any]:
        found = context.reading.photos(app, record, by=person_of(request))
        return {'photos': [{name: getattr(each, name) for name in each.__slots__} for each in found]}

    @router.post(
        _PHOTOS, response_model=SavedTold, **described('写真の追加', 'write', _TAG, *WRITING, text=_ADD)
    )
    async def add(
        request: Request, app: str, record: str, given: Added, idempotency_key: IdempotencyKey = None
    ) -> dict[str, Any]:
        request_id = one_request_id(idempotency_key, given.request_id)
        place = PhotoPlace(given.field, given.row, given.column)
        by = person_of(request)
        return saved_json(await photos.add(app, record, place, given.file, by=by, request_id=request_id))

    @router.post(
        _PHOTOS + '/{blob}/boxes',
        response_model=SavedTold,
        **described('写真の塗りつぶし', 'write', _TAG, *WRITING, 428, text=_BOXES),
    )
    async def redact(  # noqa: PLR0913, PLR0917 - headers and content
        request: Request,
        app: str,
        record: str,
        blob: str,
        given: Boxes,
        idempotency_key: IdempotencyKey = None,
        if_match: IfMatch = None,
    ) -> dict[str, Any]:
        saved = await photos.redact(
            app,
            record,
            blob,
            [Box(each.x, each.y, each.width, each.height) for each in given.boxes],
            by=person_of(request),
            if_rev=known_revision(if_match, given.rev),
            request_id=one_request_id(idempotency_key, given.request_id),
            keep_original=given.keep_original,
        )
        return saved_json(saved)

    for path, do, summary in (
        ('/{blob}/boxes', photos.reverse, '塗りつぶしの取り消し'),
        ('/{blob}/original', photos.let_go, '塗りつぶす前の写真の消去'),
    ):
        _taking_away(router, path, do, summary)


def _taking_away(router: APIRouter, path: str, do: Any, summary: str) -> None:
    @router.delete(
        _PHOTOS + path, response_model=SavedTold, **described(summary, 'write', _TAG, *WRITING, 428)
    )
    async def take_away(  # noqa: PLR0913, PLR0917 - headers and content
        request: Request,
        app: str,
        record: str,
        blob: str,
        given: Seen,
        idempotency_key: IdempotencyKey = None,
        if_match: IfMatch = None,
    ) -> dict[str, Any]:
        rev = known_revision(if_match, given.rev)
        request_id = one_request_id(idempotency_key, given.request_id)
        return saved_json(await do(app, record, blob, by=person_of(request), if_rev=rev, request_id=request_id))
