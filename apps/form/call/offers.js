/** Keys that take the first offer beside the form while a line of the form keeps the focus. */

export const TAKE_OVER = 'F2'
export const SAME = 'F8'
