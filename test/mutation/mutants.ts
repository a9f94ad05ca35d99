// Small wrongs done to a file, each the kind of slip an author makes: something deleted, two things exchanged, a type, operator, literal
// or rounding changed. Flows in: `.fmap` text. Flows out: the changed texts, each with what was done and where. Messages, reasons and
// documentation stay: they are for people.
import { parse } from "@fmap/grammar"

export interface Mutant {
  /** `maps/order.fmap | quantity = line.Quantity | delete assign quantity`: unique, and the same while its line is. */
  readonly id: string
  readonly file: string
  readonly text: string
}

interface Edit {
  readonly what: string
  readonly at: number
  readonly changes: readonly { readonly start: number; readonly end: number; readonly by: string }[]
}
interface Node {
  readonly kind: string
  readonly span: Span
  readonly [member: string]: unknown
}
interface Span {
  readonly start: number
  readonly end: number
}

export function mutantsOf(text: string, file: string): readonly Mutant[] {
  const { tree, diagnostics } = parse(text, file)
  if (diagnostics.length > 0) return []
  const edits = tree.declarations.flatMap(declaration =>
    declaration.kind === "test" || declaration.kind === "import"
      ? []
      : editsIn(declaration as unknown as Node, text),
  )
  const seen = new Map<string, number>()
  return edits.map(edit => {
    const line = text.slice(text.lastIndexOf("\n", edit.at - 1) + 1).split("\n", 1)[0] ?? ""
    const place = `${file} | ${line.trim().replace(/\s+/gu, " ")} | ${edit.what}`
    const times = (seen.get(place) ?? 0) + 1
    seen.set(place, times)
    const changed = edit.changes
      .toSorted((a, b) => b.start - a.start)
      .reduce((all, { start, end, by }) => all.slice(0, start) + by + all.slice(end), text)
    return { id: times === 1 ? place : `${place} (${times})`, file, text: changed }
  })
}

/** What only people read, and names of things. */
const untouched = new Set([
  "docs",
  "because",
  "message",
  "title",
  "owner",
  "per",
  "at",
  "name",
  "binder",
  "pattern",
])

function editsIn(node: Node, text: string): readonly Edit[] {
  // what flows do is judged by running them: test/runtime/flow has mutants of their own
  if (node.kind === "flow") return []
  const own = editsOf(node, text)
  const below = Object.entries(node).flatMap(([member, value]) =>
    untouched.has(member) ? [] : nodesIn(value).flatMap(inner => editsIn(inner, text)),
  )
  return [...own, ...below]
}

function nodesIn(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  if (typeof value !== "object" || value === null) return []
  if ("kind" in value && "span" in value) return [value as Node]
  return Object.entries(value).flatMap(([member, of]) => (untouched.has(member) ? [] : nodesIn(of)))
}

function editsOf(node: Node, text: string): readonly Edit[] {
  const source = (span: Span) => text.slice(span.start, span.end)
  const edit = (what: string, ...changes: Edit["changes"]): Edit => ({
    what,
    at: changes[0]?.start ?? node.span.start,
    changes,
  })
  const swap = (what: string, a: Span, b: Span): Edit =>
    edit(what, { ...a, by: source(b) }, { ...b, by: source(a) })
  const remove = (what: string, span: Span): Edit => edit(what, { ...withSeparator(span, text), by: "" })
  const list = (member: string): readonly Node[] => (node[member] ?? []) as readonly Node[]
  const pairs = <T>(items: readonly T[]): readonly (readonly [T, T])[] =>
    items.slice(1).map((item, i) => [items[i]!, item])

  switch (node.kind) {
    case "map":
    case "record":
    case "contract": {
      const statements = [...list("statements"), ...list("members")].filter(one => "span" in one)
      const assigned = statements.filter(one => one.kind === "assign")
      return [
        ...statements.map(one => remove(`delete ${one.kind} ${nameOf(one)}`.trim(), one.span)),
        ...pairs(assigned).map(([a, b]) =>
          swap(`swap the values of ${nameOf(a)} and ${nameOf(b)}`, spanOf(a["value"]), spanOf(b["value"])),
        ),
      ]
    }
    case "crosswalk": {
      const rows = list("rows")
      return [
        ...rows.map(row => remove(`delete row ${source(row.span)}`, row.span)),
        ...pairs(rows).map(([a, b]) =>
          swap(
            `swap the values of ${source(a.span)} and ${source(b.span)}`,
            spanOf(a["value"]),
            spanOf(b["value"]),
          ),
        ),
      ]
    }
    case "hierarchy": {
      const rows = list("rows")
      const under = rows.filter(row => row["parent"] !== null)
      return [
        ...rows.map(row => remove(`delete row ${source(row.span)}`, row.span)),
        ...pairs(under).map(([a, b]) =>
          swap(
            `swap the parents of ${source(a.span)} and ${source(b.span)}`,
            spanOf(a["parent"]),
            spanOf(b["parent"]),
          ),
        ),
      ]
    }
    case "enum":
      return list("members").map(one => remove(`delete member ${source(one.span)}`, one.span))
    case "field": {
      const name = node["name"] as { readonly text: string; readonly span: Span }
      const after =
        text[name.span.end] === "?" ? { start: name.span.end, end: name.span.end + 1, by: "" } : null
      return [
        edit(
          after === null ? `make ${name.text} optional` : `make ${name.text} required`,
          after ?? { start: name.span.end, end: name.span.end, by: "?" },
        ),
        ...list("modifiers")
          .filter(one => one.kind === "wire" || one.kind === "default" || one["word"] === "computed")
          .map(one => edit(`delete ${source(one.span)} of ${name.text}`, { ...one.span, by: "" })),
      ]
    }
    case "builtinType":
      return typeEdits(node, source(node.span)).map(by =>
        edit(`retype ${source(node.span)} to ${by}`, { ...node.span, by }),
      )
    case "match":
      return [
        ...list("arms").map(arm => remove(`delete arm ${firstLine(source(arm.span))}`, arm.span)),
        ...pairs(list("arms")).map(([a, b]) =>
          swap(`swap the results of two arms`, spanOf(a["result"]), spanOf(b["result"])),
        ),
      ]
    case "binary": {
      const operator = String(node["operator"])
      const operatorSpan = spanOf(node["operatorSpan"], true)
      return [
        ...(otherOperators[operator] ?? []).map(by =>
          edit(`${operator} becomes ${by}`, { ...operatorSpan, by }),
        ),
        ...(["-", "/", "<", "<=", ">", ">="].includes(operator)
          ? [swap(`swap the sides of ${operator}`, spanOf(node["left"]), spanOf(node["right"]))]
          : []),
      ]
    }
    case "number":
    case "money":
    case "percent": {
      const figure = String(node["text"])
      const span = { start: node.span.start, end: node.span.start + figure.length }
      return [edit(`${figure} becomes ${oneMore(figure)}`, { ...span, by: oneMore(figure) })]
    }
    case "text": {
      const parts = node["parts"] as readonly Node[]
      return parts.every(part => part.kind === "chars") && parts.length > 0
        ? [
            edit(`${source(node.span)} becomes another text`, {
              start: node.span.end - 1,
              end: node.span.end - 1,
              by: "x",
            }),
          ]
        : []
    }
    case "boolean":
      return [edit("the other truth", { ...node.span, by: String(node["value"] !== true) })]
    case "presence":
      return [
        edit("present and missing change places", {
          ...node.span,
          by: source(node.span).replace(/(present|missing)$/u, word =>
            word === "present" ? "missing" : "present",
          ),
        }),
      ]
    case "membership":
      return [edit("in and not in change places", { ...node.span, by: `not (${source(node.span)})` })]
    case "unary":
      return [
        edit(`without ${String(node["operator"])}`, { ...node.span, by: source(spanOf(node["operand"])) }),
      ]
    case "else": {
      const value = spanOf(node["value"])
      return [edit("delete else", { start: value.end, end: node.span.end, by: "" })]
    }
    case "exit": {
      const verb = String(node["verb"])
      const other = verb === "hold" ? "reject" : verb === "reject" ? "hold" : null
      const code = node["code"] as { readonly span: Span } | null
      return [
        ...(other === null
          ? []
          : [
              edit(`${verb} becomes ${other}`, {
                start: node.span.start,
                end: node.span.start + verb.length,
                by: other,
              }),
            ]),
        ...(code === null
          ? []
          : [edit(`another code than ${source(code.span)}`, { ...code.span, by: `${source(code.span)}_X` })]),
      ]
    }
    case "call": {
      const callee = node["callee"] as { readonly text: string; readonly span: Span }
      const other = otherFunctions[callee.text]
      return [
        ...(other === undefined
          ? []
          : [edit(`${callee.text} becomes ${other}`, { ...callee.span, by: other })]),
        ...list("arguments").flatMap(argument => {
          const mode = otherModes[source(argument.span)]
          return mode === undefined
            ? []
            : [edit(`${source(argument.span)} becomes ${mode}`, { ...argument.span, by: mode })]
        }),
      ]
    }
    case "each": {
      const where = node["where"] as Node | null
      return [
        ...(where === null ? [] : [edit("a filter that lets all pass", { ...where.span, by: "true" })]),
        ...list("sort").map(key =>
          edit("sort the other way", { start: key.span.end, end: key.span.end, by: " descending" }),
        ),
      ]
    }
    case "control": {
      const within = node["within"] as { readonly span: Span } | null
      const when = node["when"] as Node | null
      const whenWord = when === null ? -1 : text.lastIndexOf("when", when.span.start)
      return [
        ...(within === null ? [] : [remove("delete within", within.span)]),
        ...(when === null ? [] : [edit("delete when", { start: whenWord, end: when.span.end, by: "" })]),
      ]
    }
    default:
      return []
  }
}

const otherOperators: Readonly<Record<string, readonly string[]>> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["+"],
  "/": ["*"],
  "==": ["!="],
  "!=": ["=="],
  "<": ["<=", ">"],
  "<=": ["<", ">="],
  ">": [">=", "<"],
  ">=": [">", "<="],
  and: ["or"],
  or: ["and"],
}
const otherFunctions: Readonly<Record<string, string>> = {
  sum: "max",
  count: "sum",
  min: "max",
  max: "min",
  first: "last",
  last: "first",
  any: "all",
  all: "any",
  upper: "lower",
  lower: "upper",
}
const otherModes: Readonly<Record<string, string>> = {
  half_even: "up",
  half_up: "down",
  half_down: "up",
  up: "down",
  down: "up",
  ceiling: "floor",
  floor: "ceiling",
  minor: "0",
}

/** Types a field could have been given by mistake. */
function typeEdits({ name, unit }: Node, written: string): readonly string[] {
  switch (name) {
    case "text":
    case "alpha":
      return ["int"]
    case "int":
    case "bool":
      return ["text(9)"]
    case "date":
      return ["text(10)"]
    case "decimal":
    case "money":
    case "quantity":
    case "percent": {
      const fewer = written.replace(/,\s*(\d+)\)/u, (_, scale: string) => `, ${Number(scale) === 0 ? 1 : 0})`)
      const bare =
        unit === null
          ? []
          : [
              written
                .replace(/^(?:money|quantity)/u, "decimal")
                .replace(/\s+in\s+\S+/u, "")
                .replace(/^decimal$/u, "decimal(18,4)"),
            ]
      const other = /\bin [A-Z]{3}\b/u.test(written)
        ? [written.replace(/\bin ([A-Z]{3})\b/u, (_, code) => `in ${code === "USD" ? "EUR" : "USD"}`)]
        : []
      return [...(fewer === written ? [] : [fewer]), ...bare, ...other]
    }
    case "currency":
      return ["text(3)"]
    default:
      return []
  }
}

/** The same figure with its last digit one higher. */
function oneMore(figure: string): string {
  const digits = figure.replace(".", "")
  const more = String(BigInt(digits) + 1n).padStart(digits.length, "0")
  const scale = figure.includes(".") ? figure.length - figure.indexOf(".") - 1 : 0
  return scale === 0 ? more : `${more.slice(0, -scale)}.${more.slice(-scale)}`
}

/** What is taken away takes its comma with it, or else its line. */
function withSeparator({ start, end }: Span, text: string): Span {
  const comma = /^[ \t]*,[ \t]*/u.exec(text.slice(end))
  return comma === null ? { start, end } : { start, end: end + comma[0].length }
}

function spanOf(value: unknown, isSpan = false): Span {
  return isSpan ? (value as Span) : (value as Node).span
}

function nameOf(node: Node): string {
  const named = (node["target"] ?? node["name"]) as { readonly text?: string } | undefined
  return named?.text ?? ""
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? ""
}
