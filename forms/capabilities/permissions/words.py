"""The rules of an app as Japanese sentences, for those who check what they have written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from forms.capabilities.permissions.rule import VERBS, Permission, Who, assignees_in

if TYPE_CHECKING:
    from forms.definition import AppDefinition

ROLE_NAMES = {
    'staff': '職員',
    'leader': 'デジタル推進リーダー',
    'supervisor': '所属長',
    'administrator': 'システム管理者',
    'contractor': '委託先',
}
VERB_NAMES = {
    'see': '見る',
    'create': '登録する',
    'change': '変更する',
    'remove': '削除する',
    'act': '操作する',
    'import': '取り込む',
    'export': '書き出す',
    'define': '定義を変える',
}


def sentences(definition: AppDefinition, rule: Permission) -> Iterator[str]:
    """What one rule says, sentence by sentence: about whom, on which records, what is withheld."""
    verbs = [VERB_NAMES[verb] for verb in VERBS if verb in rule.can]
    if verbs:
        yield f'{whom(rule.who)}は、{which(definition, rule)}、{"、".join(verbs)}ことができます。'
    else:
        yield f'{whom(rule.who)}ができることは、書かれていません。'
    for names, end in (
        (rule.hide, 'は出ません。'),
        (rule.mask, 'は、○で伏せて出ます。'),
        (rule.readonly, 'は見えますが、変えられません。'),
    ):
        if names:
            yield f'{_listed(definition, names)}{end}'


def cannot(rules: Iterable[Permission]) -> str:
    """What none of these rules permits, in one sentence; '' when everything is permitted."""
    allowed = {verb for rule in rules for verb in rule.can}
    left = [VERB_NAMES[verb] for verb in VERBS if verb not in allowed]
    return f'{"、".join(left)}ことはできません。' if left else ''


def whom(who: Who) -> str:
    """「道路管理課」の職員, 利用者ID「itaku」, 職員."""
    role = ROLE_NAMES.get(who.role, who.role)
    named = f'利用者ID「{who.account}」の人' if who.account else role or '人'
    extra = f'({role})' if who.account and role else ''
    return (f'「{who.section}」の' if who.section else '') + named + extra


def which(definition: AppDefinition, rule: Permission) -> str:
    """On which records, as the beginning of a sentence."""
    match rule.records:
        case 'all':
            return 'すべての記録を'
        case 'own':
            return '自分が登録した記録を'
        case 'own_section':
            return f'{_listed(definition, rule.sections_in(definition))}が自分の所属の記録を'
        case 'assigned':
            return f'{_listed(definition, assignees_in(definition))}が自分である記録を'
    return f'「{rule.records}」が成り立つ記録を'


def _listed(definition: AppDefinition, names: Iterable[str]) -> str:
    titles = (definition.fields[name].title if name in definition.fields else name for name in names)
    return '、'.join(f'「{title}」' for title in titles)
