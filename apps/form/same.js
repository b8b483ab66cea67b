/** Whether two values of a record say the same thing. */

/** None, '', [] and a missing key are all blank. */
export function isBlank(value) {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

export function same(one, other) {
  if (isBlank(one) && isBlank(other)) return true
  if (typeof one !== typeof other || one === null || other === null) return one === other
  if (typeof one !== 'object') return one === other
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => same(one[name], other[name]))
}

/** A deep copy without proxies: what is put into a draft or sent must not change under the sender. */
export function plain(value) {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
