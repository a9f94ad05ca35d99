// What somebody who looks for a business key may look into. Flows in: parts of events. Flows out: what of them may be compared with the key: who may not see a value must not find out whether it is there.
import { memberOf } from "./key-words.ts"

/** A flow as an event was accepted by it. */
export interface FlowPlace {
  readonly flow: string
  readonly version: string
}

/** A step or an effect of it. */
export interface StepPlace extends FlowPlace {
  readonly name: string
}

export interface KeySight {
  payload(at: FlowPlace, payload: unknown): unknown
  request(at: StepPlace, request: unknown): unknown
  receipt(at: StepPlace, receipt: unknown): unknown
  /** What a step read. */
  result(at: StepPlace, result: unknown): unknown
}

export const seesEverything: KeySight = {
  payload: (_, payload) => payload,
  request: (_, request) => request,
  receipt: (_, receipt) => receipt,
  result: (_, result) => result,
}

/** `record`: what may be seen of records of a step's contract. `answers`: names by which its target calls a record; nothing else of an answer is looked at. */
export function sightThrough(
  payload: KeySight["payload"],
  record: (at: StepPlace, record: unknown) => unknown,
  answers: (flow: string, effect: string) => readonly string[],
): KeySight {
  return {
    payload,
    request: (at, request) => ({
      key: memberOf(request, "key"),
      verb: memberOf(request, "verb"),
      record: record(at, memberOf(request, "record")),
      records: record(at, memberOf(request, "records")),
    }),
    receipt(at, receipt) {
      const answer = memberOf(receipt, "answer")
      const named = answers(at.flow, at.name).map(name => [name, memberOf(answer, name)] as const)
      return { answer: record(at, Object.fromEntries(named)) }
    },
    result: record,
  }
}
