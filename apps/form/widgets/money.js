/** An amount of yen: a number with its thousands parted. */

export { default, shown } from './number.js'
