// The interpreter's door: where a payload value stands and how a refusal becomes an issue. Reads no values itself.
import {
  type Issue,
  isRefused,
  masked as mask,
  pointer as pointerTo,
  type Refused,
  shownValue,
} from "@fmap/runtime"
import type { At, UnitSource } from "../plan/index.ts"
import type { Run } from "./scope.ts"
import { type Outcome, POISON } from "./value.ts"

export interface Door {
  readonly run: Run
  readonly report: (issue: Issue) => void
  readonly root: string
  readonly pointer: string
  /** The field's declaration: the rule that speaks. */
  readonly at: At
  readonly masked: boolean
  /** The currency (or unit) of an amount, relative to the record that holds it: a code, poison, or missing when nobody knows. */
  readonly unit: (source: UnitSource) => Outcome
}

export function inside(door: Door, segment: string | number): Door {
  return { ...door, pointer: pointerTo(door.pointer, segment) }
}

/** What a reader of the runtime answered: the value, or an issue and poison. */
export function admitted<T>(
  read: T | Refused,
  value: unknown,
  door: Door,
  make: (read: T) => Outcome,
): Outcome {
  return isRefused(read) ? refuseValue(door, read, value) : make(read)
}

/** Reports and gives poison. */
export function refuseValue(door: Door, { refused: code, message }: Refused, value: unknown): typeof POISON {
  const { run, root, pointer, at, masked } = door
  const shown = value === undefined ? {} : { value: masked ? mask : shownValue(value) }
  door.report({ code, severity: "reject", root, pointer, message, ...shown, at: run.index.position(at) })
  return POISON
}
