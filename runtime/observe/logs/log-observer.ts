// What an engine does, as lines of a log. Flows in: facts of the engine. Flows out: fields and a sentence to a logger such as pino. A line has names, ids,
// codes and the correlation, and no payload.
import type { EventNames, Observer } from "../../flow/port/observer.ts"
import { codeWord } from "./code-word.ts"

/** What pino's loggers are; others may be made so. */
export interface Log {
  info(fields: object, sentence: string): void
  warn(fields: object, sentence: string): void
}

export function logObserver(log: Log): Observer {
  return {
    accepted({ flows, accepted, duplicates, conflicts }) {
      const fields = { flows, accepted, duplicates, conflicts }
      if (conflicts > 0) log.warn(fields, "events taken; some ids came with another payload")
      else log.info(fields, "events taken")
    },
    attempt({ outcome, code, attempt, startedAt, endedAt, ...names }) {
      const fields = { ...fieldsOf(names), outcome, code: codeWord(code), attempt, ms: endedAt - startedAt }
      if (outcome === "done") log.info(fields, "event done")
      else if (outcome === "later") log.warn(fields, "event waits for another attempt")
      else if (outcome === "lost") log.warn(fields, "another worker has the event")
      else log.warn(fields, "event stopped: a person decides")
    },
    called({ effect, target, key, outcome, code, startedAt, endedAt, ...names }) {
      const fields = {
        ...fieldsOf(names),
        effect,
        target,
        key,
        outcome,
        code: codeWord(code),
        ms: endedAt - startedAt,
      }
      if (outcome === "done") log.info(fields, "target called")
      else log.warn(fields, "call failed")
    },
  }
}

/** Without the lane: a business key may be somebody's name. */
function fieldsOf({ event, flow, flowVersion, correlationId, causationId, traceparent }: EventNames): object {
  return { event, flow, flowVersion, correlationId, causationId, traceparent }
}
