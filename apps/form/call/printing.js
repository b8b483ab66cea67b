/** Printing the sheet of a record without leaving the screen: in a frame that nobody sees. */

let frame = null

/** address: of the sheet, which opens the print window by itself. done(): the person is through with that window. */
export function printSheet(address, done = () => {}) {
  frame?.remove()
  frame = document.createElement('iframe')
  frame.title = '印刷する紙'
  frame.setAttribute('aria-hidden', 'true')
  frame.tabIndex = -1
  // What is not displayed at all is not printed by every browser.
  Object.assign(frame.style, { position: 'fixed', right: '100%', width: '210mm', height: '297mm', border: '0' })
  frame.addEventListener('load', () => frame.contentWindow?.addEventListener('afterprint', done))
  frame.src = address
  document.body.append(frame)
}
