// Lines of a log, by pino. Flows in: fields and sentences. Flows out: one JSON document a line, without what is called a secret, what looks like one and what is known to be one. pino is an
// optional peer; its own redaction is not used, since it knows paths only.
import { pino } from "pino"
import type { Log } from "../logs/log-observer.ts"
import { scrubbed } from "../logs/scrubbed.ts"

export type LogLevel = "debug" | "info" | "warn" | "error"

export interface LogOptions {
  readonly level: LogLevel
  /** Takes whole lines, line end and all. */
  readonly write: (line: string) => void
  /** The text without the secrets this process has seen: of `Secrets`; the last thing that happens to a line. */
  readonly mask?: (text: string) => string
}

export interface PinoLog extends Log {
  debug(fields: object, sentence: string): void
  error(fields: object, sentence: string): void
}

export function pinoLog({ level, write, mask = text => text }: LogOptions): PinoLog {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: {
        level: label => ({ level: label }),
        log: fields => scrubbed(fields) as Record<string, unknown>,
      },
      hooks: {
        logMethod(given, method) {
          const [fields, sentence] = given as unknown as [object, string]
          method.apply(this, [fields, String(scrubbed(sentence))])
        },
      },
    },
    { write: line => write(mask(line)) },
  )
}
