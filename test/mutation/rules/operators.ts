// One change of meaning at a time, each named by the rule that must find it. Flows in: `.fmap` text. Flows out: changed texts. `M001` stands for changes of writing alone, which must not
// be found as anything else.
import { parse } from "@fmap/grammar"

export interface RuleMutant {
  readonly rule: string
  /** `maps/order.fmap | line | what`. */
  readonly id: string
  readonly file: string
  readonly text: string
}

interface Span {
  readonly start: number
  readonly end: number
}
interface Node {
  readonly kind: string
  readonly span: Span
  readonly [member: string]: unknown
}
interface Edit extends Span {
  readonly rule: string
  readonly what: string
  readonly by: string
}
/** Where an expression stands, as far as the rule for it depends on it. */
interface Standing {
  readonly isKey: boolean
  /** Of a condition that chooses rows, or judges them: other rules tell of what is inside. */
  readonly inCondition: boolean
  /** The value itself, or the value of an arm or fallback. */
  readonly isValue: boolean
}

export function ruleMutants(text: string, file: string): readonly RuleMutant[] {
  const { tree, diagnostics } = parse(text, file)
  if (diagnostics.some(({ severity }) => severity === "error")) return []
  const source = (span: Span): string => text.slice(span.start, span.end)
  const edits: Edit[] = []
  for (const declaration of tree.declarations as unknown as readonly Node[]) {
    if (declaration.kind === "map") mapEdits(declaration, source, edits)
    if (declaration.kind === "crosswalk") crosswalkEdits(declaration, source, edits)
  }
  return edits.map(({ rule, what, start, end, by }) => {
    const line =
      text
        .slice(text.lastIndexOf("\n", start - 1) + 1)
        .split("\n", 1)[0]
        ?.trim() ?? ""
    return {
      rule,
      file,
      id: `${file} | ${line} | ${what}`,
      text: text.slice(0, start) + by + text.slice(end),
    }
  })
}

type Source = (span: Span) => string

function mapEdits(map: Node, source: Source, edits: Edit[]): void {
  const standing = { isKey: false, inCondition: false, isValue: true }
  for (const statement of nodes(map["statements"])) statementEdits(statement, source, edits, standing)
}

function statementEdits(statement: Node, source: Source, edits: Edit[], outer: Standing): void {
  const add = (rule: string, what: string, span: Span, by: string): void =>
    void edits.push({ rule, what, start: span.start, end: span.end, by })
  const value = node(statement["value"])
  switch (statement.kind) {
    case "key": {
      if (value?.kind === "text")
        add("M029", "another key", { start: value.span.end - 1, end: value.span.end - 1 }, "-X")
      return
    }
    case "let":
    case "assign": {
      if (value === null) return
      const isValue = statement.kind === "assign"
      if (isValue && (value.kind === "member" || value.kind === "binary" || value.kind === "call")) {
        add("M008", "sign turned round", value.span, `0 - (${source(value.span)})`)
        add("M001", "in brackets", value.span, `(${source(value.span)})`)
      }
      if (isValue) {
        const target = source(
          statement["target"] === undefined ? statement.span : spanOf(statement["target"]),
        )
        add("M028", "left out", statement.span, `leave ${target} because "mutant"`)
      }
      expressionEdits(value, source, edits, { ...outer, isValue })
      return
    }
    case "check":
    case "control":
      add("M036", `${statement.kind} taken away`, statement.span, "")
      return
    default:
      return
  }
}

function expressionEdits(expression: Node, source: Source, edits: Edit[], standing: Standing): void {
  const add = (rule: string, what: string, span: Span, by: string): void =>
    void edits.push({ rule, what, start: span.start, end: span.end, by })
  const below = (member: unknown, more: Partial<Standing> = {}): void => {
    for (const one of Array.isArray(member)
      ? nodes(member)
      : [node(member)].flatMap(only => (only === null ? [] : [only])))
      expressionEdits(one, source, edits, { ...standing, isValue: false, ...more })
  }
  switch (expression.kind) {
    case "record":
      for (const statement of nodes(expression["statements"]))
        statementEdits(statement, source, edits, standing)
      return
    case "each":
    case "group": {
      const where = node(expression["where"])
      if (where !== null) {
        add("M012", "a condition more", where.span, `(${source(where.span)}) and 1 > 2`)
        add("M013", "all rows", where.span, "true")
        add("M014", "the other rows", where.span, `not (${source(where.span)})`)
        add("M001", "negated twice", where.span, `not (not (${source(where.span)}))`)
      }
      for (const key of nodes(expression["sort"]))
        add("M024", "sorted the other way", { start: key.span.end, end: key.span.end }, " descending")
      const keys = nodes(expression["keys"])
      if (expression.kind === "group" && keys.length > 1 && keys[0] !== undefined && keys[1] !== undefined)
        add("M022", "a key less", { start: keys[0].span.start, end: keys[1].span.start }, "")
      below(expression["body"], { isValue: true })
      return
    }
    case "call": {
      const callee = expression["callee"] as { readonly text: string; readonly span: Span }
      const others: Readonly<Record<string, string>> = { sum: "max", max: "min", min: "max" }
      const other = others[callee.text]
      if (other !== undefined) add("M022", `${callee.text} becomes ${other}`, callee.span, other)
      const ends: Readonly<Record<string, string>> = { first: "last", last: "first" }
      const end = ends[callee.text]
      if (end !== undefined) add("M024", `${callee.text} becomes ${end}`, callee.span, end)
      const cases: Readonly<Record<string, string>> = { upper: "lower", lower: "upper" }
      const letters = cases[callee.text]
      if (letters !== undefined) add("M007", `${callee.text} becomes ${letters}`, callee.span, letters)
      const modes: Readonly<Record<string, string>> = {
        half_even: "half_up",
        half_up: "half_even",
        up: "down",
        down: "up",
        exact: "half_even",
      }
      for (const argument of nodes(expression["arguments"])) {
        const mode = modes[source(argument.span)]
        if (mode !== undefined) add("M004", `rounded ${mode}`, argument.span, mode)
        if (source(argument.span) === "minor") add("M005", "rounded to one digit", argument.span, "1")
      }
      if (callee.text === "truncate") {
        const size = nodes(expression["arguments"])[1]
        if (size?.kind === "number") add("M027", "cut shorter", size.span, "7")
      }
      if (expression["generator"] === null && callee.text !== "key") below(expression["arguments"])
      return
    }
    case "binary": {
      const operator = String(expression["operator"])
      const span = spanOf(expression["operatorSpan"])
      const [left, right] = [node(expression["left"]), node(expression["right"])]
      if (operator === "+") {
        add("M007", "+ becomes -", span, "-")
        if (left !== null && right !== null)
          add("M001", "sides change places", expression.span, `${source(right.span)} + ${source(left.span)}`)
      }
      if (operator === "*" && left !== null && right !== null)
        add(
          "M001",
          "sides change places",
          expression.span,
          `(${source(right.span)}) * (${source(left.span)})`,
        )
      // what is taken from nothing is a sign
      if (operator === "-")
        add(left?.kind === "number" && source(left.span) === "0" ? "M008" : "M007", "- becomes +", span, "+")
      below(expression["left"])
      below(expression["right"])
      return
    }
    case "else": {
      const handler = node(expression["handler"])
      if (handler?.kind === "exit") {
        const verb = String(handler["verb"])
        const other = verb === "hold" ? "reject" : verb === "reject" ? "hold" : null
        const start = handler.span.start
        if (other !== null)
          add("M025", `${verb} becomes ${other}`, { start, end: start + verb.length }, other)
      } else if (handler?.kind === "text" && isPlain(handler)) another(handler, add, standing)
      else if (handler !== null) expressionEdits(handler, source, edits, { ...standing, isValue: false })
      below(expression["value"], { isValue: standing.isValue })
      return
    }
    case "match": {
      for (const arm of nodes(expression["arms"])) {
        const result = node(arm["result"])
        const [pattern] = nodes(arm["patterns"])
        if (result === null) continue
        if (
          expression["subject"] !== null &&
          pattern?.kind === "value" &&
          result.kind === "text" &&
          isPlain(result)
        )
          add(
            "M015",
            "another value of an arm",
            { start: result.span.end - 1, end: result.span.end - 1 },
            "x",
          )
        else if (
          pattern?.kind === "otherwise" &&
          result.kind === "text" &&
          isPlain(result) &&
          expression["subject"] !== null
        )
          add(
            "M018",
            "another value otherwise",
            { start: result.span.end - 1, end: result.span.end - 1 },
            "x",
          )
        else below(result, { isValue: true })
        if (expression["subject"] === null && pattern?.kind === "value") {
          const condition = node(pattern["expression"])
          if (condition !== null)
            add("M021", "the opposite condition", condition.span, `not (${source(condition.span)})`)
        }
      }
      return
    }
    case "text":
      if (standing.isValue && isPlain(expression)) another(expression, add, standing)
      return
    case "zoned": {
      const zone = node(expression["zone"])
      if (zone !== null) add("M011", "another zone", zone.span, '"Pacific/Auckland"')
      return
    }
    case "share": {
      const remainder = spanOf(expression["remainder"])
      add(
        "M006",
        "another row takes what is left over",
        remainder,
        source(remainder) === "last" ? "first" : "last",
      )
      return
    }
    case "parenthesized":
      below(expression["inner"], { isValue: standing.isValue })
      return
    default:
      return
  }
}

function another(
  text: Node,
  add: (rule: string, what: string, span: Span, by: string) => void,
  standing: Standing,
): void {
  if (standing.isValue)
    add("M020", "another constant", { start: text.span.end - 1, end: text.span.end - 1 }, "x")
}

function crosswalkEdits(crosswalk: Node, source: Source, edits: Edit[]): void {
  const rows = nodes(crosswalk["rows"])
  for (const [i, row] of rows.entries()) {
    const value = node(row["value"])
    const next = rows[i + 1]
    const end = next?.span.start ?? row.span.end
    edits.push({ rule: "M016", what: "row taken away", start: row.span.start, end, by: "" })
    if (value?.kind === "text" && isPlain(value))
      edits.push({
        rule: "M015",
        what: "another value of a row",
        start: value.span.end - 1,
        end: value.span.end - 1,
        by: "9",
      })
    if (next !== undefined)
      edits.push({
        rule: "nothing",
        what: "rows change places",
        start: row.span.start,
        end: next.span.end,
        by: `${source(next.span)}\n  ${source(row.span)}`,
      })
  }
}

function isPlain(text: Node): boolean {
  return nodes(text["parts"]).every(part => part.kind === "chars")
}

function nodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as readonly Node[]) : []
}

function node(value: unknown): Node | null {
  return typeof value === "object" && value !== null && "kind" in value ? (value as Node) : null
}

function spanOf(value: unknown): Span {
  if (typeof value !== "object" || value === null) throw new Error("there is no place")
  return "span" in value ? (value.span as Span) : (value as Span)
}
