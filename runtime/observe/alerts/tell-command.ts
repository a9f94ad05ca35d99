// Tells by a command of the machine: a mail, a pager. Flows in: the notice as JSON on its standard input. Flows out: nothing, or an error where it ends
// with another code than 0. No shell: nothing of a notice is ever read as a command.
import { execFile } from "node:child_process"
import type { Tell } from "./tell-alerts.ts"

export interface CommandOptions {
  readonly file: string
  readonly arguments?: readonly string[]
  readonly timeoutMs?: number
}

export function tellCommand({ file, arguments: given = [], timeoutMs = 30_000 }: CommandOptions): Tell {
  return (notice, signal) =>
    new Promise((resolve, reject) => {
      const child = execFile(file, [...given], { timeout: timeoutMs, signal }, error =>
        error === null ? resolve() : reject(new Error(`${file} did not take the alert: ${error.message}`)),
      )
      // one that ends without reading is told by its exit code
      child.stdin?.on("error", () => undefined)
      child.stdin?.end(`${JSON.stringify(notice)}\n`)
    })
}
