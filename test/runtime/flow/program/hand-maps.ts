// Maps and questions by hand: what compiled ones would answer. Flows in: functions by name. Flows out: `ask` and `call` of a flow.

import type { Arguments, Ask, CallMap, FilledRows, MapAnswer } from "../../../../runtime/flow/program/maps.ts"
import type { Issue } from "../../../../runtime/results/issue.ts"

type Answers = (input: Record<string, never> & Arguments, filled: FilledRows) => unknown

/** A function gives a value, or what `hold`, `reject` and `skip` make. */
export function handMaps(maps: Readonly<Record<string, (input: never, filled: FilledRows) => unknown>>): {
  readonly ask: Ask
  readonly call: CallMap
} {
  const answer = (name: string, input: Arguments, filled: FilledRows): MapAnswer => {
    const map = maps[name] as Answers | undefined
    if (map === undefined) throw new TypeError(`There is no map ${name}`)
    const value = map(input as never, filled)
    return isExit(value) ? value : { kind: "done", value }
  }
  return {
    ask: (map, scope, filled) => {
      const given = answer(map, scope, filled)
      return given.kind === "done"
        ? { kind: "done", value: given.value === undefined ? {} : { value: given.value } }
        : given
    },
    call: ({ name }, input, filled) => answer(name, input, filled),
  }
}

function isExit(value: unknown): value is MapAnswer {
  return typeof value === "object" && value !== null && "exit of a map" in value
}

const exit =
  (kind: "held" | "rejected" | "skipped", severity: Issue["severity"]) =>
  (code: string, root: string, pointer: string, message: string): MapAnswer => {
    const issues: Issue[] = [{ code, severity, root, pointer, message, at: "flows/hand.fmap:1:1" }]
    return { kind, issues, ...{ "exit of a map": true } }
  }

export const hold = exit("held", "hold")
export const reject = exit("rejected", "reject")
export const skip = exit("skipped", "skip")
