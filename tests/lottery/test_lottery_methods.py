"""The published examples of the two methods that others wrote down, and the bytes of our own."""

import hashlib

import pytest

from forms.capabilities.lottery.commitment import commitment_of, seed_of
from forms.capabilities.lottery.drawing import draw
from forms.capabilities.lottery.methods import METHODS, by_hoffman, by_rfc3797, hoffman_ticket_of, ticket_of
from forms.capabilities.lottery.placing import Entry, Rules

RFC_KEY = '9319./2.5.8.10.12./9.18.26.34.41.45./'
RFC_EXAMPLE = [
    (17, '990DD0A5692A029A98B5E01AA28F3459'), (7, '3691E55CB63FCC37914430B2F70B5EC6'),
    (2, 'FE814EDF564C190AC1D25753979990FA'), (16, '1863CCACEB568C31D7DDBDF1D4E91387'),
    (25, 'F4AB33DF4889F0AF29C513905BE1D758'), (23, '13EAEB529F61ACFB9A29D0BA3A60DE4A'),
    (8, '992DB77C382CA2BDB9727001F3CDCCD9'), (24, '63AB4258ECA922976811C7F55C383CE7'),
    (19, 'DFBC5AC97CED01B3A6E348E3CC63F40D'), (13, '31CB111C4A4EBE9287CEAE16FE51B909'),
    (22, '07FA46C122F164C215BBC72793B189A3'), (5, 'AC52F8D75CCBE2E61AFEB3387637D501'),
    (18, '53306F73E14FC0B2FBF434218D25948E'), (9, 'B5D1403501A81F9A47318BE7893B347C'),
    (1, '85B10B356AA06663EF1B1B407765100A'), (4, '3269E6CE559ABD57E2BA6AAB495EB9BD'),
]  # fmt: skip
"""RFC 3797, section 6: who is selected in turn out of 25, and the hash that selects."""

NOMCOM_2022 = (
    '7.8.11.18.28.40.48./15.16.21.31.36.65./8.12.13.17.21.26.35.42./1.5.10.13.14.16.21.25.27./',
    [171, 245, 68, 190, 70, 126, 110, 128, 138, 173],
)
"""The IETF's own draw of 2022: key string, and who was selected out of 267."""

LAUREATES = ('Bob Dylan', '石黒 一雄', 'Olga Tokarczuk', 'Peter Handke', 'Louise Glück', 'Abdulrazak Gurnah')
DRAFT_EXAMPLE = [
    ('石黒 一雄', 'f2e0d3bbd8eac635d799702bead0fbdf07ff79ef94a261789de50e81adb38a13'),
    ('Louise Glück', 'a54e282cbaa1f29543cd13d9a29e07e3a38413360172b722f8259c2baa3c38dd'),
    ('Peter Handke', '8bb3bc197c6462b033e4d8e8cf703b13b1c55172572a85d56c639db5c57d3866'),
    ('Olga Tokarczuk', '56166c4e0e6ca027f4150bac5ce83fbf5652e440214fd255308472fed9f8fb1b'),
    ('Abdulrazak Gurnah', '340413dc6b2574f5ddc5e88e1c986a229d9defccbae249789b07a5d2337981ff'),
    ('Bob Dylan', '05eb403f4f59f5a7b21f5e5a4e8dbfbac59344fd5e8708ab618b5e2ed27a52de'),
]
"""draft-hoffman-random-candidate-selection, with D = 7623.10: everybody, the selected first."""


def numbered(count):
    """Ids that stand in the order of a numbered list."""
    return {f'{number:03}': 1 for number in range(1, count + 1)}


def test_rfc_3797_gives_the_example_of_its_section_6():
    found = by_rfc3797(numbered(25), RFC_KEY)
    assert [(int(each), ticket) for each, ticket in found[:16]] == RFC_EXAMPLE
    assert len({each for each, _ in found}) == 25


def test_rfc_3797_gives_a_draw_that_was_really_held():
    key, selected = NOMCOM_2022
    assert [int(each) for each, _ in by_rfc3797(numbered(267), key)[:10]] == selected


def test_rfc_3797_has_no_counter_for_more():
    with pytest.raises(ValueError, match='65536'):
        by_rfc3797(dict.fromkeys(map(str, range(65_537)), 1), RFC_KEY)


def test_the_draft_gives_its_published_example():
    assert by_hoffman(dict.fromkeys(LAUREATES, 1), '7623.10') == DRAFT_EXAMPLE


def test_the_example_of_icann_joins_with_a_slash():
    """ICANN OCTO-41 hashes name, slash and value: the slash is part of the value with us."""
    selected = [each for each, _ in by_hoffman(dict.fromkeys(LAUREATES, 1), '/7623.10/390C1610')]
    assert selected[:3] == ['Peter Handke', '石黒 一雄', 'Louise Glück']


def test_the_text_of_the_draft_would_select_others():
    """Its text hashes the string, its program the hexadecimal digits of it."""
    as_the_text_says = sorted(
        LAUREATES, key=lambda each: hashlib.sha256(f'{each}7623.10'.encode()).hexdigest(), reverse=True
    )
    assert as_the_text_says[:3] == ['Louise Glück', 'Bob Dylan', '石黒 一雄']
    assert hoffman_ticket_of('7623.10', 'Bob Dylan') == DRAFT_EXAMPLE[-1][1]


@pytest.mark.parametrize('method', METHODS)
def test_every_method_draws_and_forgets_the_order_of_the_list(method):
    entries = [Entry(f'a{number}', ('午前',)) for number in range(30)]
    rules = Rules(capacity={'午前': 10}, method=method)
    result = draw(rules, entries, RFC_KEY)
    assert draw(rules, reversed(entries), RFC_KEY) == result
    assert [each.outcome for each in result.drawn] == ['当選'] * 10 + ['補欠'] * 20
    assert [each.id for each in result.drawn] != sorted(each.id for each in result.drawn)


def test_the_next_ticket_is_the_hash_of_the_one_before():
    """The vectors of the manual: the third ticket of this application is its lowest."""
    first = hashlib.sha256('2026-12-11|陶0001'.encode()).hexdigest()
    second = hashlib.sha256(first.encode()).hexdigest()
    third = hashlib.sha256(second.encode()).hexdigest()
    assert ticket_of('2026-12-11', '陶0001', 2) == first == min(first, second)
    assert ticket_of('2026-12-11', '陶0001', 3) == third
    assert third == '53459613830699ac1772a51be5e40edb12064ef566d3bd50a4411b57d6da3e64'


def test_secret_and_public_value_join_to_a_seed():
    """The vectors of the manual."""
    secret = '0123456789abcdef' * 4
    seed = seed_of(secret, '38123.45')
    assert commitment_of(secret) == 'a8ae6e6ee929abea3afcfc5258c8ccd6f85273e0d4626d26c7279f3250f77c8e'
    assert seed == '00b8bd0e757b2002d835fb2359c3ac71c856832f2261eb14c800364592ccb47a'
    assert ticket_of(seed, '陶0001') == '06d1b9d6e3ae810763128b4b44621ede314165e218a5c7c559f3c88838125c41'
