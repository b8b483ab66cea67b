"""Search words: parts of words, also of one or two characters, after every kind of change."""

import random

import pytest
from clerk import Do
from tinydb import where

from storage import Store, Tx
from storage.text_index import FRESH

TEXTS = [
    'みほん たろう 道路に穴',
    'れいじ はなこ 街灯が消えている',
    '道路の白線',
    'ABC-123 "引用" 100%_',
    '',
    '見本町１丁目',
]


@pytest.fixture
def filled(do: Do, store: Store) -> Store:
    def run(tx: Tx) -> None:
        for number, text in enumerate(TEXTS):
            tx.put('道路', {'番号': number}, str(number), search=text)
        tx.put('別', {}, 'x', search='道路に穴')

    do(run)
    return store


def found(store: Store, text: str) -> list[int]:
    return [doc['番号'] for doc in store.find('道路', text=text).docs]


@pytest.mark.parametrize('indexed', [False, True])
@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('道', [0, 2]),
        ('道路', [0, 2]),
        ('道路に', [0]),
        ('路に穴', [0]),
        ('に道路', []),
        ('穴 たろう', [0]),
        ('穴　たろう', [0]),  # typed with a full-width space
        ('道路 白', [2]),
        ('穴 白', []),
        ('"引用"', [3]),
        ('100%', [3]),
        ('%', [3]),
        ('0%_', [3]),
        ('abc', []),
        ('', [0, 1, 2, 3, 4, 5]),
        ('見本町１丁', [5]),
    ],
)
def test_every_word_occurs_somewhere(filled: Store, do: Do, text: str, expected: list[int], indexed: bool) -> None:
    if indexed:
        do(lambda tx: [tx.put('他', {}, search='詰め物').rev for _ in range(FRESH)])
    assert found(filled, text) == expected
    assert filled.count('道路', text=text) == len(expected)


def test_search_together_with_filter_and_order(filled: Store) -> None:
    docs = filled.find('道路', where('番号') > 0, text='道路', sort=[('番号', True)]).docs
    assert [doc['番号'] for doc in docs] == [2]
    assert filled.group('道路', None, ['番号'], text='道路') == [(0, 1), (2, 1)]


@pytest.mark.parametrize('indexed', [False, True])
def test_changed_and_deleted_texts_are_not_found_any_more(filled: Store, do: Do, indexed: bool) -> None:
    if indexed:
        do(lambda tx: [tx.put('他', {}, search='詰め物').rev for _ in range(FRESH)])
    do(lambda tx: tx.patch('道路', '0', {'備考': ''}, 1).rev)
    assert found(filled, '道路に穴') == [0]
    do(lambda tx: tx.patch('道路', '0', {}, 2, search='橋の段差').rev)
    do(lambda tx: tx.delete('道路', '2', 1))
    assert (found(filled, '道路に穴'), found(filled, '道路'), found(filled, '橋の段差')) == ([], [], [0])
    assert filled.search_text('道路', '0') == '橋の段差'


def test_random_texts_against_pythons_own_search(do: Do, store: Store) -> None:
    """Rare and common words, found by trigram and by reading, while texts change."""
    chance = random.Random(2)
    letters = 'あいうえ道路橋 '
    texts: dict[str, str] = {}
    for _ in range(30):

        def run(tx: Tx) -> None:
            for _ in range(40):
                id, text = str(chance.randint(0, 500)), ''.join(chance.choices(letters, k=chance.randint(0, 20)))
                text = ' '.join(text.split())
                known = tx.get('道路', id)
                if known is not None and chance.random() < 0.2:
                    tx.delete('道路', id, known.rev)
                    texts.pop(id)
                else:
                    tx.put('道路', {'文': text}, id, known.rev if known else None, search=text)
                    texts[id] = text

        do(run)
        for _ in range(40):
            words = ''.join(chance.choices(letters, k=chance.randint(1, 7)))
            expected = {id for id, text in texts.items() if all(word in text for word in words.split())}
            assert {doc.doc_id for doc in store.find('道路', text=words, limit=None).docs} == expected, words


def test_words_too_common_for_the_index_are_read_in_order(
    do: Do, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr('storage.selection.RARE', 20)
    do(lambda tx: [tx.put('道路', {'番号': n}, search=f'道路の穴{n:03}').rev for n in range(300)])
    assert 'json_each' in store.explain('道路', text='穴007')
    assert 'json_each' in store.explain('道路', text='07')
    for common in ('道路の', '道路', '穴'):
        assert 'json_each' not in store.explain('道路', text=common)
    page = store.find('道路', text='道路の', sort=[('番号', True)], limit=3)
    assert [doc['番号'] for doc in page.docs] == [299, 298, 297]
    assert store.count('道路', text='道路の') == 300
