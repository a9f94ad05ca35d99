// A line that shows a long run is alive. Flows in: counts. Flows out: one line of commentary that rewrites itself, only on a
// terminal and only after the first second.
import type { Terminal } from "../terminal/terminal.ts"

export interface Progress {
  show(text: () => string): void
  clear(): void
}

const patience = 1_000
const pause = 200

export function progress(terminal: Terminal): Progress {
  if (!terminal.commentIsTerminal) return { show: () => {}, clear: () => {} }
  const started = terminal.clock()
  let last = started
  let shown = false
  return {
    show(text) {
      const now = terminal.clock()
      if (now - started < patience || now - last < pause) return
      last = now
      shown = true
      terminal.comment(`\r\u001B[2K${text()}`)
    },
    clear() {
      if (shown) terminal.comment("\r\u001B[2K")
      shown = false
    },
  }
}
