"""The shapes of what the API answers, as its OpenAPI description tells them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field

RecordId = Annotated[str, Field(description='レコードの番号(変わりません)')]
Revision = Annotated[int, Field(description='版。変わるたびに1つ増えます')]
Values = Annotated[dict[str, Any], Field(description='項目名と値。空の項目はありません')]


class AppTold(BaseModel):
    app: Annotated[str, Field(description='アプリの名前(アドレスに使います)')]
    title: str
    version: Annotated[str, Field(description='定義の版')]


class AppsTold(BaseModel):
    apps: list[AppTold]


class RecordTold(BaseModel):
    id: RecordId
    rev: Revision
    title: Annotated[str, Field(description='画面での呼び名')]
    values: Values
    texts: Annotated[dict[str, str] | None, Field(description='画面に出る文字。show=true のときだけ')] = None


class ListTold(BaseModel):
    records: list[RecordTold]
    total: Annotated[int, Field(description='条件に合うレコードの数')]
    after: Annotated[str | None, Field(description='次のページの after。最後のページでは null')]


class NoteTold(BaseModel):
    path: str
    text: Annotated[str, Field(description='読み替えたこと。例 平成35年を令和5年と読みました')]


class SavedTold(BaseModel):
    id: RecordId
    rev: Revision
    title: str
    values: Values
    notes: list[NoteTold]
    offers: Annotated[list[dict[str, Any]], Field(description='同じ変更をすすめる、ほかのレコード')]
    url: Annotated[str, Field(description='画面のアドレス')]


class RemovedTold(BaseModel):
    id: RecordId
    title: str


class ChangedField(BaseModel):
    field: str
    label: str
    before: Annotated[str, Field(description='変わる前の文字。空なら空欄')]
    after: str


class EntryTold(BaseModel):
    at: str
    by: str
    what: Annotated[str, Field(description='登録、変更、削除、または操作の名前')]
    changes: list[ChangedField]


class HistoryTold(BaseModel):
    entries: list[EntryTold]


class OfferTold(BaseModel):
    name: Annotated[str, Field(description='操作の名前(アドレスに使います)')]
    label: str
    asks: Annotated[list[str], Field(description='いっしょに入力できる項目')]
    needs: Annotated[list[str], Field(description='そのうち必須の項目')]
    given: Annotated[dict[str, Any], Field(description='操作に決まっている値')]
    confirm: Annotated[str, Field(description='押す前にたしかめる文')]
    closed: Annotated[str, Field(description='いまできない理由。空ならできます')]
    main: bool


class OffersTold(BaseModel):
    actions: list[OfferTold]


class FileTold(BaseModel):
    blob: Annotated[str, Field(description='ファイルの番号。レコードの写真・添付の項目に、この組のまま入れます')]
    name: str
    type: str
    size: int
    taken_at: Annotated[str | None, Field(description='撮影日時(写真にあるとき)')] = None


class OptionsTold(BaseModel):
    options: list[dict[str, Any]]


class RowsTold(BaseModel):
    """What stood in a checklist the time before."""

    rows: dict[str, Any]


class AreaTold(BaseModel):
    address: str
    prefecture: str
    city: str
    town: str
    office: bool | str


class PostalTold(BaseModel):
    code: str
    areas: list[AreaTold]


Box = Annotated[tuple[float, float, float, float], Field(description='南、西、北、東(WGS 84 の度)')]


class SignTold(BaseModel):
    label: Annotated[str, Field(description='状態など、ピンが表す値')]
    sign: Annotated[str, Field(description='ピンの文字')]
    shape: str
    color: str
    count: Annotated[int, Field(description='位置の分かるレコードの数')]


class MapRow(BaseModel):
    id: RecordId
    title: str
    address: str
    status: str
    sign: str
    shape: str
    color: str
    due: str
    overdue: bool
    cells: Annotated[list[tuple[str, str]], Field(description='列の名前と文字')]
    lat: Annotated[float | None, Field(description='緯度。分からなければ null')]
    lon: Annotated[float | None, Field(description='経度。分からなければ null')]


class MapTold(BaseModel):
    total: Annotated[int, Field(description='条件に合うレコードの数')]
    placed: Annotated[int, Field(description='そのうち位置の分かるもの')]
    box: Annotated[Box | None, Field(description='位置の分かるもの全部の範囲')]
    seen: Annotated[Box | None, Field(description='ピンを返した範囲')]
    zoom: Annotated[int, Field(description='その細かさ')]
    signs: list[SignTold]
    pins: Annotated[list[dict[str, Any]], Field(description='1件のピンか、count 件のまとまり')]
    listed: Annotated[int, Field(description='一覧に出すものの数')]
    rows: list[MapRow]


class LayersTold(BaseModel):
    layers: Annotated[list[dict[str, Any]], Field(description='title、color、line、on、data(GeoJSON)')]


class ProblemError(BaseModel):
    path: Annotated[str, Field(description='項目。明細では 移動履歴[0].移動日 のように書きます')]
    code: Annotated[str, Field(description='誤りの種類(変わりません)')]
    message: Annotated[str, Field(description='人が読む文')]


class Problem(BaseModel):
    """RFC 9457. A kind of problem may add further members (both sides of a conflict)."""

    type: Annotated[str, Field(description='種類(変わりません)')]
    title: str
    status: int
    detail: str
    errors: list[ProblemError]
