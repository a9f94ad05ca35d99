// A terminal that remembers. Flows in: standard input as text. Flows out: what a verb wrote where.
import type { Terminal } from "../../cli/terminal/terminal.ts"

export interface FakeTerminal extends Terminal {
  readonly written: { out: string; comment: string }
  readonly interrupt: () => void
}

export interface FakeOptions {
  readonly input?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly isTerminal?: boolean
  readonly tzdata?: string
  /** The reader goes away after that many writes. */
  readonly readerLeavesAfter?: number
}

export function fakeTerminal(cwd: string, options: FakeOptions = {}): FakeTerminal {
  const written = { out: "", comment: "" }
  const controller = new AbortController()
  let writes = 0
  let now = 0
  return {
    cwd,
    environment: options.environment ?? {},
    input: (async function* () {
      if (options.input !== undefined) yield Buffer.from(options.input, "utf8")
    })(),
    inputIsTerminal: false,
    outputIsTerminal: options.isTerminal ?? false,
    commentIsTerminal: options.isTerminal ?? false,
    out: async text => {
      if (options.readerLeavesAfter !== undefined && writes >= options.readerLeavesAfter) return false
      writes++
      written.out += typeof text === "string" ? text : Buffer.from(text).toString("utf8")
      return true
    },
    comment: text => {
      written.comment += text
    },
    problems: [],
    width: 100,
    tzdata: options.tzdata ?? "2026a",
    interrupted: controller.signal,
    // Every look takes 300 ms, so that progress lines show without waiting.
    clock: () => (now += 300),
    written,
    interrupt: () => controller.abort(),
  }
}
