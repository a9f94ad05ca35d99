// Colour for people. Flows in: the terminal. Flows out: a function that paints, or leaves text as it is. Colour is only for
// terminals; NO_COLOR takes it away and FORCE_COLOR (as CI logs set) brings it back.
import { styleText } from "node:util"
import type { Terminal } from "./terminal.ts"

export type Style = "red" | "green" | "yellow" | "cyan" | "dim" | "bold"
export type Paint = (style: Style, text: string) => string

export function wantsColor(terminal: Terminal, stream: "out" | "comment"): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = terminal.environment
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0") return true
  if (TERM === "dumb") return false
  return stream === "out" ? terminal.outputIsTerminal : terminal.commentIsTerminal
}

export function painter(color: boolean): Paint {
  return color ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text
}
