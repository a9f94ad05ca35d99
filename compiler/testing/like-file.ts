// Compares a whole result with the JSON of a file, place by place. Flows in: the result, the JSON, what is not compared. Flows out: a
// sentence for every place that differs, in the reader's terms: figures with their currency and how far they are apart.
import { isRefused, ownMember, readObject, unknownMembers, writeJson } from "@fmap/runtime"
import { MISSING, type Outcome } from "../interpret/internals.ts"
import type { At, PlanExpectation, WireType } from "../plan/index.ts"
import { judge, placeOf, type Ran } from "./expectations.ts"

type Path = readonly (string | number)[]

export function judgeLike(
  expectation: Extract<PlanExpectation, { kind: "like" }>,
  expected: unknown,
  ran: Ran,
): readonly string[] {
  if (ran.record === null || ran.result.status !== "done") return []
  const type: WireType = { kind: "record", shape: ran.map.target.shape, arguments: [] }
  return differences(expected, ran.result.value, type, [], { ...expectation, ran })
}

interface Comparing {
  readonly ran: Ran
  readonly ignoring: readonly Path[]
  readonly at: At
}

/** `was`: the same place as it is written. */
function differences(
  expected: unknown,
  was: unknown,
  type: WireType,
  path: Path,
  comparing: Comparing,
): readonly string[] {
  if (comparing.ignoring.some(ignored => isSame(ignored, path))) return []
  const { ran, at } = comparing
  const { pointer, value } = placeOf(path, ran)
  const isThere = isPresent(value)
  if (expected === undefined || expected === null) {
    const wrong = judge({ kind: "presence", path, present: false, at }, ran)
    return wrong === null ? [] : [wrong]
  }
  if (!isThere) return [`expected ${writeJson(expected)}, was nothing at ${pointer}`]
  switch (type.kind) {
    case "record": {
      const object = readObject(expected)
      if (isRefused(object)) return [`expected ${writeJson(expected)}, was a record at ${pointer}`]
      const written = readObject(was)
      const shape = ran.run.index.shape(type.shape)
      const known = new Set(shape.fields.map(({ wireName }) => wireName))
      const unknown = [...unknownMembers(object, known)].map(
        name =>
          `${shape.name} has no member ${JSON.stringify(name)}, which the file has${pointer === "" ? "" : ` at ${pointer}`}`,
      )
      const below = shape.fields.flatMap(field =>
        differences(
          ownMember(object, field.wireName),
          isRefused(written) ? undefined : ownMember(written, field.wireName),
          field.type,
          [...path, field.name],
          comparing,
        ),
      )
      return [...unknown, ...below]
    }
    case "list": {
      const rows = rowsOf(expected, type)
      const written = rowsOf(was, type)
      if (rows === null || written === null) return differs(expected, was, pointer)
      const count =
        rows.length === written.length
          ? []
          : [`expected ${counted(rows.length)}, were ${written.length} at ${pointer}`]
      const below = rows
        .slice(0, written.length)
        .flatMap((row, i) => differences(row, written[i], type.of, [...path, i], comparing))
      return [...count, ...below]
    }
    case "dictionary":
    case "json":
      return differs(expected, was, pointer)
    default: {
      const wrong = judge({ kind: "value", path, operator: "==", value: scalar(expected), type, at }, ran)
      return wrong === null ? [] : [wrong]
    }
  }
}

/** What is no scalar is none of the type either; the judge says so. */
function scalar(expected: unknown): Extract<PlanExpectation, { kind: "value" }>["value"] {
  return expected as Extract<PlanExpectation, { kind: "value" }>["value"]
}

/** Null where the list does not stand as rows on the wire. */
function rowsOf(value: unknown, { wire }: Extract<WireType, { kind: "list" }>): readonly unknown[] | null {
  if (Array.isArray(value)) return value
  if (typeof wire !== "object" || !("under" in wire)) return null
  const object = readObject(value)
  const rows = isRefused(object) ? undefined : ownMember(object, wire.under)
  return Array.isArray(rows) ? rows : null
}

function differs(expected: unknown, was: unknown, pointer: string): readonly string[] {
  const [wanted, found] = [sorted(expected), sorted(was)]
  return wanted === found ? [] : [`expected ${wanted}, was ${found} at ${pointer}`]
}

/** The order of members says nothing. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`
  const object = readObject(value)
  if (isRefused(object)) return writeJson(value)
  const members = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, of]) => `${writeJson(name)}:${sorted(of)}`).join(",")}}`
}

function isPresent(value: Outcome): boolean {
  return value !== MISSING && typeof value !== "symbol"
}

function counted(rows: number): string {
  return `${rows} row${rows === 1 ? "" : "s"}`
}

/** A path without row numbers means every row. */
function isSame(ignored: Path, path: Path): boolean {
  let i = 0
  for (const step of path) {
    if (ignored[i] === step) i++
    else if (typeof step !== "number") return false
  }
  return i === ignored.length && typeof path.at(-1) === typeof ignored.at(-1)
}
