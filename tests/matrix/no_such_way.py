"""The cells that do not exist by nature: this way in offers nothing by which that rule could be broken."""

from __future__ import annotations

NO_SUCH_WAY = {
    ('import', 'guard'): 'no actions; a status in the file is refused as typed (workflow)',
    ('command line', 'guard'): 'no actions; a status in the file is refused as typed (workflow)',
    ('public form', 'workflow'): 'the status is no field of the form: `unknown_field`',
    ('public form', 'guard'): 'an action whose guard fails is not offered; sent all the same: `closed`',
    ('public form', 'record permission'): 'own application only: a wrong code is `not_found`, like an unknown number',
    ('public form', 'field permission'): 'what is not asked is no field of the form: `unknown_field`',
    ('public form', 'revision'): 'no change of values; an action on an application that has gone on: `closed`',
}
"""(way in, rule) -> what happens instead; each is a test in test_matrix_no_such_way.py."""
