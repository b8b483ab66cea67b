"""What the YAML parser complains about, said in the words of people who write definitions."""

from __future__ import annotations

import re

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from forms.problems import Place, Problem, problem

_WIDE_COLON = re.compile(r'^\s*(?:- )?(?P<key>[^\s:"\'#{\[]+)：')


def unreadable(error: YAMLError, text: str, file: str) -> Problem:
    """The one problem behind a parser's error, placed where the writer must change something."""
    if isinstance(error, ReaderError):
        before = text[: error.position]
        return problem('D011', Place(file, before.count('\n') + 1, len(before) - before.rfind('\n')))
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return problem('D012', Place(file, 1), detail=str(error).splitlines()[0])
    lines = [*text.split('\n'), '', '']
    line, column = error.problem_mark.line, error.problem_mark.column
    here = Place(file, line + 1, column + 1)
    for suspect in (line, line - 1):
        if suspect >= 0 and (found := _WIDE_COLON.match(lines[suspect])):
            return problem('D009', Place(file, suspect + 1, found.end()))
    return _known(error, lines, here)


def _known(error: MarkedYAMLError, lines: list[str], here: Place) -> Problem:
    said, context = error.problem or '', error.context or ''
    start = error.context_mark
    opened = Place(here.file, start.line + 1, start.column + 1) if start else here
    opening = lines[opened.line - 1][opened.column - 1 : opened.column]
    if "character '\\t'" in said:
        return problem('D004', here)
    if 'quoted scalar' in context and 'end of stream' in said:
        return problem('D005', opened, quote=opening)
    if 'flow mapping' in context or 'flow sequence' in context or 'flow node' in context:
        return problem('D006', opened if opening in '{[' else here, bracket=opening if opening in '{[' else '[')
    if 'mapping values are not allowed' in said:
        return problem('D007', here)
    if 'block end' in said or 'sequence entries are not allowed' in said:
        return _after_value(lines, here)
    if "could not find expected ':'" in said:
        return problem('D009', opened)
    if 'cannot start any token' in said or 'block scalar' in context or "'}'" in said or "']'" in said:
        return problem('D010', here, mark=lines[here.line - 1][here.column - 1 : here.column])
    return problem('D012', here, detail=said)


def _after_value(lines: list[str], here: Place) -> Problem:
    """Text behind a closed quotation mark or bracket, or else a line that begins at a wrong place."""
    before = lines[here.line - 1][: here.column - 1].rstrip()
    if before.endswith(('"', "'", '}', ']')):
        return problem('D015', here, mark=before[-1])
    return problem('D008', here)
