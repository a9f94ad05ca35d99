// What options may look like, as data, and the sentence about what does not. Flows in: options as JSON has them, a shape. Flows out: a RangeError for who wrote them. A name nobody knows
// is a slip, and a secret that stands there itself is never repeated.
import { memberOf, objectOf } from "../http/json-value.ts"
import { parseReference, SecretMissing } from "../secrets/secrets.ts"

export type Shape =
  | { readonly kind: "text" }
  /** A text, the empty one among them. */
  | { readonly kind: "anyText" }
  | { readonly kind: "secret" }
  | { readonly kind: "count"; readonly least: number }
  | { readonly kind: "truth" }
  | { readonly kind: "scalar" }
  | { readonly kind: "choice"; readonly of: readonly (string | number | boolean | null)[] }
  | { readonly kind: "list"; readonly of: Shape }
  | { readonly kind: "dictionary"; readonly of: Shape }
  | { readonly kind: "object"; readonly members: Members }
  /** One of several objects, told apart by their member `kind`. */
  | { readonly kind: "kinds"; readonly of: Readonly<Record<string, Members>> }
  | { readonly kind: "optional"; readonly of: Shape }

export type Members = Readonly<Record<string, Shape>>

export const text: Shape = { kind: "text" }
export const anyText: Shape = { kind: "anyText" }
export const secret: Shape = { kind: "secret" }
export const truth: Shape = { kind: "truth" }
export const scalar: Shape = { kind: "scalar" }
export const count = (least = 1): Shape => ({ kind: "count", least })
export const choice = (...of: readonly (string | number | boolean | null)[]): Shape => ({
  kind: "choice",
  of,
})
export const list = (of: Shape): Shape => ({ kind: "list", of })
export const dictionary = (of: Shape): Shape => ({ kind: "dictionary", of })
export const object = (members: Members): Shape => ({ kind: "object", members })
export const kinds = (of: Readonly<Record<string, Members>>): Shape => ({ kind: "kinds", of })
export const optional = (of: Shape): Shape => ({ kind: "optional", of })

/** Throws a RangeError. */
export function checkOptions(options: unknown, members: Members): void {
  const problem = problemOf(options, object(members), [])
  if (problem !== undefined) throw new RangeError(problem)
}

type Place = readonly string[]

function problemOf(value: unknown, shape: Shape, at: Place): string | undefined {
  const wants = (what: string) => `${named(at)} has to be ${what}`
  switch (shape.kind) {
    case "optional":
      return value === undefined ? undefined : problemOf(value, shape.of, at)
    case "text":
      return typeof value === "string" && value !== "" ? undefined : wants("a text")
    case "anyText":
      return typeof value === "string" ? undefined : wants("a text")
    case "truth":
      return typeof value === "boolean" ? undefined : wants("true or false")
    case "scalar":
      return ["string", "number", "boolean"].includes(typeof value)
        ? undefined
        : wants("a text, a number, true or false")
    case "count":
      return Number.isSafeInteger(value) && Number(value) >= shape.least
        ? undefined
        : wants(`a whole number from ${shape.least} on`)
    case "choice":
      return shape.of.some(one => one === value) ? undefined : wants(`one of ${shape.of.join(", ")}`)
    case "secret":
      return secretProblem(value, at)
    case "list":
      if (!Array.isArray(value)) return wants("a list")
      return first(value.map((item, i) => problemOf(item, shape.of, [...at, String(i)])))
    case "dictionary": {
      const entries = objectOf(value)
      if (entries === undefined) return wants("an object of names and what they mean")
      return first(Object.keys(entries).map(name => problemOf(entries[name], shape.of, [...at, name])))
    }
    case "kinds": {
      const kind = memberOf(value, "kind")
      const known = Object.keys(shape.of).join(", ")
      if (typeof kind !== "string" || !Object.hasOwn(shape.of, kind))
        return `${named([...at, "kind"])} has to be one of ${known}`
      return membersProblem(value, { kind: text, ...shape.of[kind] }, at)
    }
    case "object":
      return membersProblem(value, shape.members, at)
  }
}

function membersProblem(value: unknown, members: Members, at: Place): string | undefined {
  const given = objectOf(value)
  if (given === undefined) return `${named(at)} has to be an object`
  const stranger = Object.keys(given).find(name => given[name] !== undefined && !Object.hasOwn(members, name))
  if (stranger !== undefined)
    return `${named([...at, stranger])} is no option; there are ${Object.keys(members).join(", ")}`
  return first(
    Object.entries(members).map(([name, shape]) => problemOf(memberOf(given, name), shape, [...at, name])),
  )
}

function secretProblem(value: unknown, at: Place): string | undefined {
  try {
    if (typeof value === "string") {
      parseReference(value)
      return undefined
    }
  } catch (error) {
    if (!(error instanceof SecretMissing)) throw error
  }
  return `${named(at)} has to name a secret: env:NAME, file:/absolute/path or exec:/absolute/program`
}

function first(problems: readonly (string | undefined)[]): string | undefined {
  return problems.find(problem => problem !== undefined)
}

function named(at: Place): string {
  return at.length === 0 ? "what is configured" : at.join(".")
}
