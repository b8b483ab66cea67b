/** How the address of a postal code goes into a field where somebody may already have written. */

import { isBlank } from './same.js'

/**
 * written: what stands there. town: the address of the code. filled: what an earlier code had put there, or ''.
 * Answers {address, kept}: what is to stand there now; kept, when that is what the person wrote, untouched.
 */
export function filledAddress(written, town, filled = '') {
  if (isBlank(written)) return { address: town, kept: false }
  if (filled && written.startsWith(filled)) return { address: town + written.slice(filled.length), kept: false }
  return { address: written, kept: true }
}
