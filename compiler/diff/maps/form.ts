// What an expression means, whatever it looks like. Flows in: operations with their parts. Flows out: forms of which two have the same
// number exactly when they are the same operation of the same parts. Knows no expressions and no rules about changes.
import { sha256 } from "@fmap/runtime"
import type { At } from "../../plan/index.ts"

/**
 * Parts stand in a fixed order by operation; `none` holds the place of one that is not there. Operations whose order says nothing (`sum`,
 * `product`, `and`, `or`, `==`) have their parts sorted by number.
 */
export type Operation =
  /** detail: type, value. */
  | "literal"
  | "none"
  | "missing"
  | "clear"
  /** detail: verb, code. */
  | "exit"
  /** detail: what it is, name. */
  | "input"
  /** detail: which of nested ones over the same rows; parts: what the rows are rows of. */
  | "row"
  /** detail: which; parts: as `row`. */
  | "beside"
  /** A target field that is read again; detail: its path. Only where targets are kept apart. */
  | "target"
  /** detail: name on the wire; parts: of. */
  | "field"
  | "entry"
  /** detail: the factor of each part, then the constant. */
  | "sum"
  | "product"
  | "inverse"
  /** Arithmetic of what is no number; detail: operator. */
  | "arithmetic"
  /** detail: mode, digits or `minor`; parts: of, currency. */
  | "round"
  /** detail: operator. */
  | "compare"
  | "and"
  | "or"
  | "not"
  | "present"
  /** detail: the value of each arm (`=A`), `missing`, `otherwise`; parts: subject, then what each gives. */
  | "switch"
  /** parts: condition, value, condition, value …, otherwise. */
  | "if"
  | "coalesce"
  /** detail: function. */
  | "call"
  /** detail: crosswalk, `inverse` or empty; parts: day, keys. */
  | "lookup"
  /** detail: pieces of text between the parts, their formats. */
  | "text"
  /** detail: the role of each part (`field name`, `check …`, `control …`, `stop`). */
  | "record"
  /** detail: of each element `one` or `spread`; parts: condition, value, condition, value … */
  | "list"
  /** detail: directions of sorting, number of carried values; parts: where, body, generators, sort keys, carried values with their starts. */
  | "each"
  /** detail: operation; parts: where, value, generators. */
  | "aggregate"
  /** detail: names of the keys; parts: where, generators, keys. */
  | "grouping"
  /** parts: where, parent, key, generators. */
  | "nesting"
  /** detail: `matches` and conflict of a join; parts: rows, conflict, otherwise, outer key, inner key … */
  | "generator"
  /** detail: what must hold; parts: of, currency. */
  | "fit"
  /** detail: calendar, operation. */
  | "calendar"
  /** detail: gives, zone, policy. */
  | "zoned"
  /** detail: calendar, ends, by, rule; parts: total, from, to, coin. */
  | "spread"
  /** detail: generator, rule, equally, scale, digits; parts: total, weight, currency. */
  | "share"
  /** detail: verb, code, field; parts: condition. */
  | "check"
  /** detail: title, operator, verb, code; parts: left, right, within, minor of, when, group keys. */
  | "control"

export interface Form {
  readonly op: Operation
  readonly detail: readonly string[]
  readonly parts: readonly Form[]
  /** Equal numbers mean equal forms, among all that one `Forms` made. */
  readonly id: number
  /** Can it end a record? Such a form is never folded away. */
  readonly exits: boolean
  /** Where it was written; null: nowhere as such. */
  readonly at: At | null
}

/** Makes the forms of one Plan. Numbers of two of them are comparable when they come from one `createForms`. */
export interface Forms {
  readonly make: (op: Operation, detail: readonly string[], parts: readonly Form[], at?: At | null) => Form
  /** All values a form can have, where its type says so in this Plan. */
  readonly domainOf: (form: Form) => readonly string[] | null
  readonly learnDomain: (form: Form, values: readonly string[]) => void
}

/** For the Plans of one comparison: each call gives the forms of one of them. */
export function createForms(): () => Forms {
  const numbers = new Map<string, number>()
  const make: Forms["make"] = (op, detail, parts, at = null) => {
    const key = JSON.stringify([op, detail, parts.map(part => part.id)])
    const known = numbers.get(key)
    const id = known ?? numbers.size
    if (known === undefined) numbers.set(key, id)
    return { op, detail, parts, id, exits: op === "exit" || parts.some(part => part.exits), at }
  }
  return () => {
    const domains = new Map<number, readonly string[]>()
    return {
      make,
      domainOf: ({ id }) => domains.get(id) ?? null,
      learnDomain: ({ id }, values) => void domains.set(id, values),
    }
  }
}

const unordered: ReadonlySet<Operation> = new Set(["product", "and", "or"])

/** A name of what a form means that no run of the compiler, no order of writing and no name of a local changes. */
export function meaningOf(form: Form): string {
  const known = new Map<number, string>()
  const visit = (one: Form): string => {
    const found = known.get(one.id)
    if (found !== undefined) return found
    const parts = one.parts.map(visit)
    const pairs = parts.map((part, i) => `${part}*${one.detail[i] ?? ""}`).toSorted()
    const said =
      one.op === "sum"
        ? [one.op, pairs, one.detail.at(-1)]
        : [one.op, one.detail, unordered.has(one.op) || isEquation(one) ? parts.toSorted() : parts]
    const meaning = sha256(JSON.stringify(said)).slice(0, 24)
    known.set(one.id, meaning)
    return meaning
  }
  return visit(form)
}

function isEquation({ op, detail: [operator] }: Form): boolean {
  return op === "compare" && (operator === "==" || operator === "!=")
}

/** Every form in it, itself first, each once. */
export function within(form: Form): readonly Form[] {
  const found = new Map<number, Form>()
  const visit = (one: Form): void => {
    if (found.has(one.id)) return
    found.set(one.id, one)
    for (const part of one.parts) visit(part)
  }
  visit(form)
  return [...found.values()]
}

export function contains(form: Form, id: number): boolean {
  return within(form).some(one => one.id === id)
}
