/** A stand-in for the formula runtime: {equals: [name, value]}, {filled: name}, {today: true}, {count: [table, column, value]}, {text: 'x'}, {old: name}. */

export function dependencies(tree) {
  if (tree.equals) return [tree.equals[0]]
  if (tree.filled) return [tree.filled]
  if (tree.until) return [tree.until]
  if (tree.count) return [tree.count[0]]
  if (tree.value) return [tree.value]
  return []
}

export function evaluate(tree, values, context) {
  if (tree.equals) return values[tree.equals[0]] === tree.equals[1]
  if (tree.filled) return Boolean(values[tree.filled])
  if (tree.today) return '2026-11-22'
  if (tree.until) return values[tree.until] <= '2026-11-22'
  if (tree.count) return (values[tree.count[0]] ?? []).filter((row) => row[tree.count[1]] === tree.count[2]).length
  if (tree.text) return tree.text
  if (tree.old) return context.old?.[tree.old] ?? null
  if (tree.value) return values[tree.value] ?? null
  throw new Error('no such tree')
}
