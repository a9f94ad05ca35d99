// What a service says while it runs. Flows in: facts for people. Flows out: sentences on standard error, lines of a log, or both. A log gets names, ids and codes, never the text of an
// exception or a failure: it may repeat a payload.
import { CallFailed, type QueuedException } from "@fmap/runtime/flow"
import { codeWord, type Notice } from "@fmap/runtime/observe"
import type { PinoLog } from "@fmap/runtime/observe/pino"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface Voice {
  /** A sentence of fmap itself. */
  say(sentence: string): void
  /** An exception opened. */
  stopped(exception: QueuedException): void
  /** A system, a store or a transport fails; it is tried again. `where`: the flow or the system. */
  failing(where: string, error: Error): void
  /** What a request met that is a mistake of ours. */
  defect(where: string, error: Error): void
  notice(notice: Notice): void
}

export function terminalVoice({ comment }: Pick<Terminal, "comment">): Voice {
  const line = (text: string) => comment(`${safeLine(text)}\n`)
  return {
    say: line,
    stopped: ({ number, flow, sourceId, code, message }) =>
      line(`#${number} ${flow} ${sourceId}  ${code}: ${message}`),
    // Connectors begin with the name of their system themselves.
    failing: (where, { message }) =>
      line(message.startsWith(`${where}: `) ? message : `${where}: ${message}`),
    defect: (where, error) => line(`${where}: ${error.message}`),
    notice: ({ sentence }) => line(sentence),
  }
}

export function logVoice(log: PinoLog): Voice {
  return {
    say: sentence => log.info({}, sentence),
    stopped: ({ number, event, flow, code, queue, owner }) =>
      log.warn({ exception: number, event, flow, code, queue, owner }, "an exception opened"),
    failing: (where, error) =>
      log.warn(
        error instanceof CallFailed
          ? { where, failure: error.failure, code: codeWord(error.code) }
          : { where, failure: error.name },
        "it fails, and is tried again",
      ),
    defect: (where, error) => log.error({ where, failure: error.name }, "it is a defect"),
    notice: ({
      id,
      kind,
      watch,
      group,
      since,
      until,
      reading: { late, waiting, oldest, amounts },
      sentence,
    }) => {
      const fields = { alert: id, watch, group, since, until, late, waiting, oldest, amounts }
      if (kind === "firing") log.warn(fields, sentence)
      else log.info(fields, sentence)
    },
  }
}

export function voices(all: readonly Voice[]): Voice {
  return {
    say: sentence => {
      for (const one of all) one.say(sentence)
    },
    stopped: exception => {
      for (const one of all) one.stopped(exception)
    },
    failing: (where, error) => {
      for (const one of all) one.failing(where, error)
    },
    defect: (where, error) => {
      for (const one of all) one.defect(where, error)
    },
    notice: notice => {
      for (const one of all) one.notice(notice)
    },
  }
}
