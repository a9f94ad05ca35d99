// How the slow path reads a payload: one call a field, each giving the value, missing (undefined) or poison after an
// issue. Flows in: a raw value, where it stands, the door's reader and its spec. Own properties only.
import {
  isPayloadObject,
  missingField,
  type PayloadObject,
  readList,
  readObject,
  unknownField,
  unknownMembers,
} from "../door/payload.ts"
import { isRefused, type Refused } from "../door/refused.ts"
import type { ListSpec } from "../door/spec.ts"
import { kindOf, type UnionSpec } from "../door/union.ts"
import { minorUnits } from "../money/currencies.ts"
import type { MissingRow } from "../results/issue.ts"
import { pointer as pointerTo } from "../results/pointer.ts"
import type { Report } from "../results/report.ts"
import { isPoison, type Poison, poison } from "./poison.ts"

/** The member of an optional record that is itself missing. */
const absent: unique symbol = Symbol("absent")

/** A member of a record that was read, is missing or failed. Never an inherited one. */
export function own(record: PayloadObject | undefined | Poison, key: string): unknown {
  if (record === undefined) return absent
  if (isPoison(record)) return poison
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** A source or given whose name is also one of Object.prototype. */
export function ownInput(input: object, key: string): unknown {
  return Object.hasOwn(input, key) ? (input as PayloadObject)[key] : undefined
}

/** A reader of the door. `extra`: minor units of the currency. */
type Reader<T, S, E> = (value: unknown, spec: S, extra?: E) => T | Refused

export function readRequired<T, S, E>(
  report: Report,
  value: unknown,
  root: string,
  pointer: string,
  masked: boolean,
  at: string,
  read: Reader<T, S, E>,
  spec: S,
  extra?: E | Poison,
): T | Poison {
  if (isPoison(value)) return poison
  if (value === undefined || value === null) {
    report.refuse(missingField(), { root, pointer, at })
    return poison
  }
  if (isPoison(extra)) return poison
  const result = read(value, spec, extra)
  if (!isRefused(result)) return result
  report.refuse(result, { root, pointer, at, masked }, value)
  return poison
}

export function readOptional<T, S, E>(
  report: Report,
  value: unknown,
  root: string,
  pointer: string,
  masked: boolean,
  at: string,
  read: Reader<T, S, E>,
  spec: S,
  extra?: E | Poison,
): T | undefined | Poison {
  if (value === undefined || value === null || value === absent) return undefined
  return readRequired(report, value, root, pointer, masked, at, read, spec, extra)
}

/** A required field of a record that may itself be missing. */
export function readMember<T, S, E>(
  report: Report,
  value: unknown,
  root: string,
  pointer: string,
  masked: boolean,
  at: string,
  read: Reader<T, S, E>,
  spec: S,
  extra?: E | Poison,
): T | undefined | Poison {
  return value === absent
    ? undefined
    : readRequired(report, value, root, pointer, masked, at, read, spec, extra)
}

/** Notes that a field was left out and its default stands in; says whether it does. */
export function useDefault(
  report: Report,
  value: unknown,
  root: string,
  pointer: string,
  at: string,
  text: string,
): boolean {
  if (value !== undefined && value !== null) return false
  report.add(
    "warn",
    "DEFAULT_USED",
    { root, pointer, at },
    `The field is missing; its default ${text} was used.`,
  )
  return true
}

/** The source record itself; null is nothing, and there is no missing here. */
export function readSource(report: Report, value: unknown, root: string, at: string): PayloadObject | Poison {
  return readPresent(report, value ?? undefined, root, "", false, at)
}

/** An element of a list: never missing, whatever it is. */
export function readPresent(
  report: Report,
  value: unknown,
  root: string,
  pointer: string,
  masked: boolean,
  at: string,
): PayloadObject | Poison {
  if (isPoison(value)) return poison
  if (isPayloadObject(value)) return value
  const refused = readObject(value)
  if (isRefused(refused)) report.refuse(refused, { root, pointer, at, masked }, value)
  return poison
}

/** A scalar element of a list or dictionary. */
export function readElement<T, S, E>(
  report: Report,
  value: unknown,
  root: string,
  pointer: string,
  masked: boolean,
  at: string,
  read: Reader<T, S, E>,
  spec: S,
  extra?: E | Poison,
): T | Poison {
  if (isPoison(value) || isPoison(extra)) return poison
  const result = read(value, spec, extra)
  if (!isRefused(result)) return result
  report.refuse(result, { root, pointer, at, masked }, value)
  return poison
}

/** A given that is not there. */
export function refuseMissing(report: Report, root: string, at: string): void {
  report.refuse(missingField(), { root, pointer: "", at })
}

/** Minor units of a currency that may have failed or be missing: then nobody judges. */
export function minorUnitsOf(currency: string | undefined | Poison): number | undefined {
  return typeof currency === "string" ? minorUnits(currency) : undefined
}

/** The rows of a list, not yet read. A `Reader` with the list's spec. */
export function readRows(value: unknown, spec: ListSpec): readonly unknown[] | Refused {
  return readList(value, spec)
}

/** A record-valued field. A `Reader`. */
export function readFields(value: unknown): PayloadObject | Refused {
  return readObject(value)
}

/** Which of several records it is; poison where nobody can tell. */
export function readKind(
  report: Report,
  record: PayloadObject | undefined | Poison,
  spec: UnionSpec,
  root: string,
  pointer: string,
  masked: boolean,
  at: string,
): string | undefined | Poison {
  if (record === undefined || isPoison(record)) return record
  const kind = kindOf(record, spec)
  if (!isRefused(kind)) return kind
  report.refuse(kind, { root, pointer, at, masked }, record)
  return poison
}

/** The record, as far as its kind is known. */
export function knownKind(
  record: PayloadObject | undefined | Poison,
  kind: string | undefined | Poison,
): PayloadObject | undefined | Poison {
  return isPoison(kind) ? poison : record
}

/** The record where it is of this kind, as the value of a member. */
export function ofKind(
  record: PayloadObject | undefined | Poison,
  kind: string | undefined | Poison,
  wanted: string,
): unknown {
  if (isPoison(kind)) return poison
  if (record === undefined) return absent
  return kind === wanted ? record : undefined
}

/** On the fast way: undefined where the slow one must look. */
export function kindFast(record: PayloadObject, spec: UnionSpec): string | undefined {
  const kind = kindOf(record, spec)
  return isRefused(kind) ? undefined : kind
}

/** A closed contract refuses what it does not name. */
export function refuseUnknown(
  report: Report,
  record: PayloadObject | undefined | Poison,
  known: readonly string[],
  root: string,
  pointer: string,
  masked: boolean,
  at: string,
): void {
  if (record === undefined || isPoison(record)) return
  for (const key of unknownMembers(record, new Set(known))) {
    report.refuse(unknownField(), { root, pointer: pointerTo(pointer, key), at, masked }, record[key])
  }
}

/** A way out, a failed check or control, at its place. */
export function exitWith(
  report: Report,
  severity: "reject" | "hold" | "warn" | "skip",
  code: string,
  root: string,
  pointer: string,
  message: string,
  at: string,
  lookup?: MissingRow,
): void {
  report.add(severity, code, { root, pointer, at }, message, undefined, undefined, lookup)
}
