"""Recompute a lottery: python check_draw.py RESULT.csv RULES.json SEED   (or, instead of SEED: SECRET PUBLIC_VALUE)"""
import csv, hashlib, json, sys  # noqa: E401, I001 - the whole check in sight at once

sha256 = lambda text: hashlib.sha256(text.encode()).hexdigest()  # noqa: E731
seed = sys.argv[3] if len(sys.argv) == 4 else sha256('|'.join(sys.argv[3:5]))
rules = json.load(open(sys.argv[2], encoding='utf-8'))
assert rules['method'] == 'sha256', 'この検証は sha256 の抽選のためのものです。'
rows = sorted(csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline='')), key=lambda row: row['番号'])
sessions, listed = {each['name']: each for each in rules['sessions']}, ''
for row in rows:
    row['size'], row['first'], row['person'] = int(row['人数']), row['優先'] == '1', row['同じ方'] or row['番号']
    row['wishes'] = [row[name] for name in row if name.startswith('希望') and row[name]]
    row['ticket'] = last = sha256(f'{seed}|{row["番号"]}')
    for _ in range(1, int(row['口数'])):  # the next ticket is the hash of the one before; the lowest counts
        last = sha256(last)
        row['ticket'] = min(row['ticket'], last)
    line = [row[name] for name in ('番号', '人数', '段', '優先', '口数', '同じ方')] + row['wishes']
    listed += '\t'.join(line) + '\n' if row['結果'] != '締切後' else ''
drawn = [row for row in rows if row['結果'] not in ('取下げ', '締切後')]
drawn.sort(key=lambda row: (int(row['段']), row['ticket']))
aside, gone = {name: each['set_aside'] for name, each in sessions.items()}, []
while True:  # give the places out in the order of the tickets
    kept, won, full = {name: aside[name] for name in sessions if name not in gone}, {}, set()
    free = {name: sessions[name]['capacity'] - kept[name] for name in kept}
    for row in drawn:
        for name in row['wishes'] if row['person'] not in won else ():
            if name in free and (name, row['first']) not in full:
                used = min(row['size'], kept[name]) if row['first'] else 0  # first from the places set aside
                if row['size'] - used <= free[name]:
                    kept[name], free[name] = kept[name] - used, free[name] - row['size'] + used
                    won[row['person']] = (row['番号'], name)
                    break
                full |= {(name, False), (name, row['first'])} if rules['policy'] == 'stop' else set()
    if rules['unfilled'] == 'open' and any(kept.values()):  # open what nobody with priority took, and begin again
        aside = {name: aside[name] - kept.get(name, 0) for name in sessions}
        continue
    taken = {name: sessions[name]['capacity'] - free[name] - kept[name] for name in free}
    few = [name for name in free if taken[name] < sessions[name]['minimum']]
    if not few or rules['under_minimum'] == 'lose':
        break
    gone.append(min(reversed(few), key=taken.get))  # cancel the emptiest session, and begin again
    aside = {name: each['set_aside'] for name, each in sessions.items()}
gone, wins, queues = gone + few, dict(won.values()), {name: [] for name in sessions}
by_priority = rules['waiting_order'] == 'priority' and any(each['set_aside'] for each in sessions.values())
for row in sorted(drawn, key=lambda row: by_priority and not row['first']):
    for name in row['wishes'] if row['person'] not in won else ():
        held = sessions[name]['set_aside'] if rules['unfilled'] == 'keep' and not row['first'] else 0
        fits = name not in gone and row['size'] <= sessions[name]['capacity'] - held
        if fits and len(queues[name]) != sessions[name]['waiting']:
            row['waits'] = name, queues[name].append(row['番号']) or str(len(queues[name]))
            break
for order, row in enumerate(drawn, 1):
    name, place = row.get('waits', (wins.get(row['番号'], ''), ''))
    off = row['wishes'] and set([name] if name else row['wishes']) <= set(gone)
    found = row['ticket'], '中止' if off else '補欠' if place else '当選' if name else '落選', name, str(order), place
    for column, value in zip(('くじ', '結果', '回', '抽選順', '補欠順'), found, strict=True):
        if row[column] != value:
            sys.exit(f'ちがい: {row["番号"]} の「{column}」は「{row[column]}」ではなく「{value}」のはずです。')
print(f'OK: {len(drawn)}件すべて一致しました。一覧のハッシュ: {sha256(listed)}')
