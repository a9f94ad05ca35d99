// The log of a process. Flows in: the section `logs`. Flows out: lines on standard error or at the end of a file; and the voice of the process: on standard error the log speaks alone, so
// that every line there is JSON.
import { closeSync, mkdirSync, openSync, writeSync } from "node:fs"
import { dirname, resolve } from "node:path"
import type { Secrets } from "@fmap/runtime/connectors"
import { logObserver } from "@fmap/runtime/observe"
import { type Problem, problem } from "../terminal/problem.ts"
import type { Terminal } from "../terminal/terminal.ts"
import type { LogSettings } from "./machines-config.ts"
import type { Part } from "./part.ts"
import { peer } from "./peer.ts"
import { requestLog } from "./request-log.ts"
import { logVoice, terminalVoice, type Voice, voices } from "./voice.ts"

export type FoundLog =
  | { readonly kind: "part"; readonly part: Part; readonly voice: Voice }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export async function logPart(
  { level, to }: LogSettings,
  folder: string,
  secrets: Secrets,
  terminal: Pick<Terminal, "comment">,
): Promise<FoundLog> {
  const found = await peer("logs", "the package pino", () => import("@fmap/runtime/observe/pino"))
  if (found.kind === "problems") return found
  const { pinoLog } = found.peer
  const mask = (text: string) => secrets.mask(text)
  if (to === "stderr") {
    const log = pinoLog({ level, mask, write: line => terminal.comment(line) })
    return {
      kind: "part",
      part: { observer: logObserver(log), requested: requestLog(log) },
      voice: logVoice(log),
    }
  }
  const file = opened(resolve(folder, to))
  if (typeof file === "string")
    return { kind: "problems", problems: [problem("FM8507", `"logs.to": ${file}.`)] }
  // Written when it is said: a process that is killed has said it.
  const log = pinoLog({ level, mask, write: line => void writeSync(file, line) })
  return {
    kind: "part",
    part: { observer: logObserver(log), requested: requestLog(log), close: async () => closeSync(file) },
    voice: voices([terminalVoice(terminal), logVoice(log)]),
  }
}

function opened(path: string): number | string {
  try {
    mkdirSync(dirname(path), { recursive: true })
    return openSync(path, "a", 0o600)
  } catch (error) {
    return `it cannot be written: ${error instanceof Error ? error.message : String(error)}`
  }
}
