// The state of a simulated platform as somebody wrote it by hand: a slip there would be looked for at the other end of a flow. Flows in: the state and what it may hold. Flows out: nothing, or a RangeError with the
// place of the first slip (RFC 6901).
import { listOf, objectOf } from "../../connectors/http/json-value.ts"
import { isExactNumber } from "../../formats/json/exact-number.ts"

/** records: lists of records by name. lists: lists by name. object, list, count: as they are called. */
export type StateForm = "records" | "lists" | "object" | "list" | "count"

/** Sums of binary numbers have more: 1200.3000000000002. */
const mostDecimals = 10

export function checkState(state: unknown, members: Readonly<Record<string, StateForm>>): void {
  const names = Object.keys(members)
  const object = objectOf(state)
  if (object === undefined)
    throw new RangeError(`The state is an object with ${names.map(name => `"${name}"`).join(", ")}`)
  for (const [name, value] of Object.entries(object)) {
    const form = Object.hasOwn(members, name) ? members[name] : undefined
    if (form === undefined)
      throw new RangeError(`${placeOf([name])} is not known here; there are ${names.join(", ")}`)
    checkForm(value, form, [name])
  }
  checkFigures(state, [])
}

function checkForm(value: unknown, form: StateForm, at: readonly string[]): void {
  switch (form) {
    case "count":
      if (!(typeof value === "number" && Number.isSafeInteger(value) && value >= 0))
        throw new RangeError(`${placeOf(at)} is no whole number`)
      return
    case "list":
      if (listOf(value) === undefined) throw new RangeError(`${placeOf(at)} is no list`)
      return
    case "object":
    case "lists":
    case "records": {
      const object = objectOf(value)
      if (object === undefined) throw new RangeError(`${placeOf(at)} is no object`)
      if (form === "object") return
      for (const [name, all] of Object.entries(object)) checkList(all, form, [...at, name])
    }
  }
}

function checkList(value: unknown, form: "lists" | "records", at: readonly string[]): void {
  const list = listOf(value)
  if (list === undefined) throw new RangeError(`${placeOf(at)} is no list`)
  if (form === "lists") return
  for (const [index, record] of list.entries())
    if (objectOf(record) === undefined || isExactNumber(record))
      throw new RangeError(`${placeOf([...at, String(index)])} is no record`)
}

/** Records by the fields that tell them apart; `given`: where all of them are missing the platform makes them. */
export function checkKeys(
  records: readonly Readonly<Record<string, unknown>>[],
  names: readonly string[],
  at: readonly string[],
  given: boolean,
): void {
  const known = new Map<string, number>()
  for (const [index, record] of records.entries()) {
    const values = names.map(name => record[name] ?? undefined)
    if (given && values.every(value => value === undefined)) continue
    for (const [which, value] of values.entries()) {
      const place = placeOf([...at, String(index), names[which] ?? ""])
      if (value === undefined) throw new RangeError(`${place} is missing: it tells the record apart`)
      if (given && typeof value !== "string") throw new RangeError(`${place} is no text, as ids are`)
    }
    const key = JSON.stringify(values.map(String))
    const first = known.get(key)
    if (first !== undefined)
      throw new RangeError(
        `${placeOf([...at, String(index)])} has the ${names.join(", ")} of ${placeOf([...at, String(first)])}`,
      )
    known.set(key, index)
  }
}

function checkFigures(value: unknown, at: readonly string[]): void {
  if (typeof value === "number" || isExactNumber(value)) {
    const text = typeof value === "number" ? String(value) : value.text
    if ((/\.(\d*)/u.exec(text)?.[1] ?? "").length > mostDecimals)
      throw new RangeError(
        `${placeOf(at)} is ${text}: more than ${mostDecimals} digits behind the point, as binary arithmetic leaves them; write the figure that is meant`,
      )
    return
  }
  const list = listOf(value)
  if (list !== undefined)
    for (const [index, item] of list.entries()) checkFigures(item, [...at, String(index)])
  else for (const [name, member] of Object.entries(objectOf(value) ?? {})) checkFigures(member, [...at, name])
}

export function placeOf(path: readonly string[]): string {
  return path.map(name => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")
}
