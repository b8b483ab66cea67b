/** A value that travels with the record and is shown to nobody. */

export const bare = true
export const locked = { props: { field: Object }, setup: () => () => null }

export default locked
