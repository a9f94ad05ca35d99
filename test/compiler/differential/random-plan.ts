// A random Plan with one map, as the compiler might have made it. Flows in: choices. Flows out: the Plan, and the external
// crosswalk its transformer is called with.
import {
  type Calendar,
  type Crosswalk,
  crosswalkKey,
  crosswalkOf,
  hierarchyRows,
  remainderRules,
} from "@fmap/runtime"
import { mayRefuse } from "../../../compiler/check/may-refuse.ts"
import type {
  Plan,
  PlanBinding,
  PlanBlock,
  PlanCrosswalk,
  PlanExpression,
  PlanField,
  PlanShape,
  PlanStep,
  PlanVariable,
  ValueType,
  WireType,
} from "../../../compiler/plan/index.ts"
import {
  at,
  clear,
  fitTo,
  here,
  missing,
  numeric,
  plan,
  recordOf,
  text,
  valueArm,
  valueType,
  wireDate,
  wireDecimal,
  wireRecord,
  wireText,
} from "../interpret/plan-builders.ts"
import type { Draw } from "./draw.ts"
import { corp, ledger, ledgerData } from "./random-calendars.ts"
import { randomCarries } from "./random-carries.ts"
import { groupedSides } from "./random-controls.ts"
import {
  areaLevels,
  arithmeticExpression,
  candidates,
  condition,
  dateExpression,
  exitOf,
  figureOf,
  fresh,
  type ListSource,
  noExits,
  numberExpression,
  openList,
  periodExpression,
  type Reading,
  read,
  roundTo,
  textExpression,
  textOf,
  total,
  typeOfNumber,
} from "./random-expressions.ts"
import { openGroups } from "./random-groups.ts"
import { randomShapes, type Shapes, stages } from "./random-shapes.ts"
import { openParts, spreadRow } from "./random-spreads.ts"
import { openNodes } from "./random-trees.ts"

export interface RandomPlan {
  readonly plan: Plan
  readonly reference: { readonly [name: string]: Crosswalk | Calendar }
}

export function randomPlan(draw: Draw): RandomPlan {
  const shapes = randomShapes(draw)
  const variables: PlanVariable[] = []
  const source: PlanExpression = read(0, recordOf("Source"))
  variables.push(
    { name: "src", type: recordOf("Source"), maybe: false },
    { name: "asOf", type: { kind: "date" }, maybe: false },
    { name: "note", type: text, maybe: true },
  )
  const opened = openSource(draw, shapes, source)
  const currency = member(source, shapes.source.fields.find(field => field.name === "ccy")!, false)
  const reading: Reading = {
    draw,
    variables,
    currency,
    inRow: false,
    // Some maps have no way out at all: most of their records are done, many in the fast way.
    exits: !(shapes.plain && draw.chance(60)),
    lists: opened.lists,
    readables: [...opened.readables, read(1, { kind: "date" }), read(2, text, true)],
  }
  const body = targetBlock(reading, shapes, opened.wholeHome, source)
  const made = plan({
    files: [{ path: "order.fmap", sha256: "0" }],
    shapes: [...shapes.all, spreadRow],
    calendars: [corp, ledger],
    crosswalks: [terms(draw, reading), places, desks(draw), codes(draw), areas(draw)],
    maps: [
      {
        name: "M",
        file: 0,
        docs: "",
        at: here,
        version: "1.0.0",
        patch: false,
        owner: null,
        per: null,
        set: null,
        sources: [{ name: "src", variable: 0, at: at(3), binding: opened.binding }],
        givens: [
          { name: "asOf", variable: 1, type: wireDate, optional: false, at: at(4) },
          { name: "note", variable: 2, type: wireText(20), optional: true, at: at(5) },
        ],
        target: { name: "out", shape: "Target", at: at(6) },
        crosswalks: ["Areas", "Codes", "Desks", "Places", "Terms"],
        calls: [],
        calendars: ["Ledger"],
        variables,
        body,
        key: { field: "ccy", onReplay: [] },
        codes: [],
        report: {
          left: [],
          ignored: [],
          unread: [],
          rounded: [],
          claimed: [],
          truncated: [],
          skips: [],
          fieldRules: [],
        },
      },
    ],
  })
  return { plan: made, reference: { Places: placeRows, Ledger: ledgerData } }
}

// ── Crosswalks ─────────────────────────────────────────────────────────────
function terms(draw: Draw, reading: Reading): PlanCrosswalk {
  const unmapped = draw.chance(30)
    ? draw.chance(50)
      ? figureOf("7.50")
      : exitOf({ ...reading, readables: [read(0, text)], lists: [], inRow: false })
    : null
  return {
    id: "Terms",
    name: "Terms",
    file: 0,
    docs: "",
    at: here,
    version: "1.0.0",
    owner: null,
    parameters: [{ name: "code", type: wireText() }],
    result: wireDecimal(6, 2),
    keyForm: draw.pick(["exact", "exact", "folded", "trimmed"]),
    bothWays: false,
    dated: false,
    unmapped,
    external: null,
    rows: [
      ["Acme", "30.00"],
      ["Won", "-14.50"],
      ["AB", "0.00"],
      ["a|b", "1.00"],
      ["__proto__", "2.00"],
    ].map(([key, value]) => ({
      keys: [key!],
      from: "0001-01-01",
      until: "9999-12-31",
      value: value!,
      at: here,
    })),
  }
}

/** Patterns of keys and days; sometimes so many rows that a table is quicker than a switch. */
function desks(draw: Draw): PlanCrosswalk {
  const [first, last] = ["0001-01-01", "9999-12-31"]
  const rows: [string | null, string | null, string, string, string][] = [
    ["Acme", "Won", first, "2026-03-31", "A"],
    ["Acme", "Won", "2026-04-01", last, "B"],
    ["Acme", null, "2000-02-29", "2000-02-29", "C"],
    ["Acme", null, "2026-03-31", last, "D"],
    [null, "Won", first, "2026-03-31", "E"],
    ["AB", "1:x", first, last, "F"],
  ]
  if (draw.chance(50)) rows.push([null, null, first, "2026-03-30", "G"])
  const filler = draw.chance(40)
    ? Array.from({ length: 70 }, (_, i) => [`k${i}`, "Won", first, last, "H"] as const)
    : []
  return {
    ...places,
    id: "Desks",
    name: "Desks",
    parameters: [
      { name: "name", type: wireText() },
      { name: "asOf", type: wireText() },
    ],
    result: wireText(),
    keyForm: draw.pick(["exact", "folded"]),
    bothWays: false,
    dated: true,
    external: null,
    rows: [...rows, ...filler].map(([a, b, from, until, value]) => ({
      keys: [a ?? null, b ?? null],
      from,
      until,
      value,
      at: here,
    })),
  }
}

/** Asked both ways: whole numbers for texts, whose wire forms are not those of each other. */
function codes(draw: Draw): PlanCrosswalk {
  const filler = draw.chance(40)
    ? Array.from({ length: 70 }, (_, i) => [String(1000 + i), `n${i}`] as const)
    : []
  const rows = [
    ["1", "Acme"],
    ["-2", "AB"],
    ["12345678901234567890", "Won"],
    ["0", "a|b"],
  ] as const
  return {
    ...places,
    id: "Codes",
    name: "Codes",
    parameters: [{ name: "value", type: { kind: "int", min: null, max: null, wire: "number" } }],
    result: wireText(),
    bothWays: true,
    external: null,
    rows: [...rows, ...filler].map(([key, value]) => ({
      keys: [key],
      from: "0001-01-01",
      until: "9999-12-31",
      value,
      at: here,
    })),
  }
}

/** A hierarchy: texts that payloads hold, each under one that stands before it, on levels that may be left out. */
function areas(draw: Draw): PlanCrosswalk {
  const members = ["Acme", "AB", "a|b", "Won", "", "__proto__"]
  const depths: number[] = []
  const entries = members.map((name, position) => {
    const above = [...members.keys()].filter(other => other < position && (depths[other] ?? 0) < 2)
    const parent = position === 0 || draw.chance(20) ? undefined : draw.pick(above)
    const highest = parent === undefined ? 0 : (depths[parent] ?? 0) + 1
    const depth = highest < 2 && draw.chance(30) ? highest + 1 : highest
    depths.push(depth)
    return {
      member: name,
      parent: parent === undefined ? null : (members[parent] ?? null),
      level: areaLevels[depth] ?? null,
    }
  })
  const made = hierarchyRows(entries, areaLevels)
  if ("problems" in made) throw new Error(made.problems.map(({ message }) => message).join())
  return {
    ...places,
    id: "Areas",
    name: "Areas",
    parameters: [
      { name: "member", type: wireText() },
      { name: "level", type: wireText() },
    ],
    result: wireText(),
    external: null,
    hierarchy: { levels: areaLevels },
    rows: made.rows.map(({ entry, level, ancestor }) => ({
      keys: [members[entry] ?? "", level],
      from: "0001-01-01",
      until: "9999-12-31",
      value: members[ancestor] ?? "",
      at: here,
    })),
  }
}

const places: PlanCrosswalk = {
  id: "Places",
  name: "Places",
  file: 0,
  docs: "",
  at: here,
  version: "1.0.0",
  owner: null,
  parameters: [
    { name: "name", type: wireText() },
    { name: "size", type: wireDecimal(38, 2) },
  ],
  result: wireRecord("Address"),
  keyForm: "exact",
  bothWays: false,
  dated: false,
  unmapped: null,
  rows: null,
  external: { format: "csv", path: "places.csv", columns: [], where: [], days: null, wildcard: null },
}
const placeRows = crosswalkOf("Places", [
  [crosswalkKey(["Acme", "1.00"]), { city: "Köln", zip: "50667" }],
  [crosswalkKey(["AB", "2.50"]), { city: "X", zip: null }],
  [crosswalkKey(["Won", "0.01"]), { city: 7 }],
])

// ── What is read ───────────────────────────────────────────────────────────
function member(of: PlanExpression, field: PlanField, maybeOf: boolean): PlanExpression {
  return {
    kind: "field",
    of,
    field: field.name,
    narrowed: false,
    type: valueType(field.type),
    maybe: maybeOf || (field.optional && field.default === null),
    at: here,
  }
}

/** What stands under some keys, or nothing. */
function entriesOf(of: PlanExpression, type: ValueType, draw: Draw): readonly PlanExpression[] {
  return ["a", "__proto__", "zz"]
    .filter(() => draw.chance(60))
    .map(key => ({ kind: "entry", of, key: textOf(key), type, maybe: true, at: here }))
}

const readableKinds = new Set(["text", "bool", "number", "date", "datetime", "instant", "period"])

function openSource(draw: Draw, shapes: Shapes, source: PlanExpression) {
  const wholeHome = draw.chance(50)
  const wholeRows = draw.chance(30)
  const readables: PlanExpression[] = []
  const lists: ListSource[] = []
  const reads: PlanBinding["reads"][number][] = []
  // What a rule reads is decoded, whoever else reads it.
  const ruled = new Set(["ccy", ...shapes.source.rules.flatMap(rule => rule.reads.flat())])
  for (const field of shapes.source.fields) {
    if (!ruled.has(field.name) && draw.chance(25)) continue
    const value = member(source, field, false)
    if (field.name === "home") {
      const members = wholeHome
        ? null
        : { shape: "Address", rules: [], arguments: [], reads: shapes.address.fields.map(plainRead) }
      reads.push({ field: field.name, members, elements: false })
      readables.push(...shapes.address.fields.map(one => member(value, one, value.maybe)))
    } else if (field.name === "rows") {
      reads.push({ field: field.name, members: null, elements: !wholeRows })
      lists.push(
        rowList(
          draw,
          value,
          shapes.rows,
          wholeRows,
          member(source, shapes.source.fields.find(one => one.name === "ccy")!, false),
        ),
      )
    } else {
      reads.push(plainRead(field))
      if (field.name === "tags")
        lists.push({
          source: value,
          elementType: text,
          open: variable => ({ readables: [variable], element: null, inner: [] }),
        })
      else if (value.type.kind === "dictionary") readables.push(...entriesOf(value, value.type.of, draw))
      else if (readableKinds.has(value.type.kind)) readables.push(value)
    }
  }
  if (shapes.source.rules.some(rule => rule.kind === "derive")) {
    readables.push({
      kind: "field",
      of: source,
      field: "label",
      narrowed: false,
      type: text,
      maybe: false,
      at: here,
    })
  }
  const rules = shapes.source.rules.map((_, i) => i)
  const binding: PlanBinding = { shape: "Source", rules, arguments: [], reads }
  return { readables, lists, binding, wholeHome: wholeHome && reads.some(one => one.field === "home") }
}

function plainRead(field: PlanField): PlanBinding["reads"][number] {
  return { field: field.name, members: null, elements: false }
}

function rowList(
  draw: Draw,
  source: PlanExpression,
  rows: PlanShape,
  whole: boolean,
  currency: PlanExpression,
): ListSource {
  return {
    source,
    elementType: recordOf("Row"),
    open: variable => {
      const kept = rows.fields.filter(() => draw.chance(75))
      const members = kept.map(field => member(variable, field, false))
      const readables = members.filter(one => readableKinds.has(one.type.kind))
      const inner = members
        .filter(one => one.type.kind === "list")
        .map(
          (source): ListSource => ({
            source,
            elementType: text,
            open: part => ({ readables: [part], element: null, inner: [] }),
          }),
        )
      if (whole) return { readables, inner, element: null }
      return {
        readables,
        inner,
        element: { shape: "Row", rules: [], arguments: [currency], reads: kept.map(plainRead) },
      }
    },
  }
}

// ── What is made ───────────────────────────────────────────────────────────
function targetBlock(
  reading: Reading,
  shapes: Shapes,
  wholeHome: boolean,
  source: PlanExpression,
): PlanBlock {
  const { draw } = reading
  const steps: PlanStep[] = []
  let known = reading
  for (let i = draw.int(0, 2); i > 0; i--) known = addLet(known, steps)
  const home = (inner: Reading): PlanExpression => {
    if (wholeHome && draw.chance(70))
      return member(source, shapes.source.fields.find(one => one.name === "home")!, false)
    return draw.chance(75) ? missing : recordExpression(inner, shapes.address, () => missing)
  }
  const rows = (field: PlanField, inner: Reading): PlanExpression => rowsExpression(field, inner, shapes)
  return block(known, shapes.target, steps, (field, inner) =>
    field.name === "home" ? home(inner) : rows(field, inner),
  )
}

function addLet(reading: Reading, steps: PlanStep[]): Reading {
  const { draw } = reading
  const maybes = reading.readables.filter(one => one.maybe && one.type.kind !== "record")
  const value =
    maybes.length > 0 && draw.chance(20)
      ? draw.pick(maybes)
      : draw.pick([
          () => numberExpression(reading, 2),
          () => textExpression(reading, 2),
          () => condition(reading, 1),
          () => dateExpression(reading, 1),
        ])()
  const id = fresh(reading, `let${steps.length}`, value.type, value.maybe)
  steps.push({ kind: "let", variable: id, value, at: here })
  return { ...reading, readables: [...reading.readables, read(id, value.type, value.maybe)] }
}

type Special = (field: PlanField, reading: Reading) => PlanExpression

/** The body of an `each`: what may be read outside of its rows, and how many loops make them. */
interface Rows {
  readonly outer: Reading
  readonly loops: number
}

/** Totals and weights never report anything: not even what `unmapped` says. */
function silent(figure: PlanExpression): PlanExpression {
  return JSON.stringify(figure).includes('"crosswalk":"Terms"') ? figureOf("100") : figure
}

/** A total divided among the rows: known to the fields after it, before which no row is skipped any more. */
function addShare({ outer, loops }: Rows, reading: Reading, steps: PlanStep[]): Reading {
  const { draw } = reading
  const total = silent(numberExpression(noExits(outer), 1))
  const figure = silent(numberExpression(noExits(reading), 1))
  // Mostly of one sign: figures of random signs have no proportion.
  const weight = draw.chance(70) ? arithmeticExpression("*", figure, figure) : figure
  const scale = typeOfNumber(total).scale + draw.int(0, 2)
  const equally = draw.chance(50)
  const type = { ...typeOfNumber(total), scale }
  const variable = fresh(reading, `share${steps.length}`, type, !equally)
  steps.push({
    kind: "share",
    variable,
    total,
    weight,
    within: draw.int(0, loops - 1),
    rule: draw.pick(remainderRules),
    equally,
    scale,
    coin: { digits: draw.int(0, scale), currency: draw.chance(30) ? reading.currency : null },
    at: at(80 + steps.length),
  })
  return { ...reading, inRow: false, readables: [...reading.readables, read(variable, type, !equally)] }
}

/** Steps of a record: the fields in order, then a check and a control now and then. */
function block(
  reading: Reading,
  shape: PlanShape,
  before: readonly PlanStep[],
  special: Special,
  rows: Rows | null = null,
): PlanBlock {
  const { draw } = reading
  const steps: PlanStep[] = [...before]
  const fields: { field: string; variable: number }[] = []
  let known = reading
  for (const field of shape.fields) {
    if (rows !== null && draw.chance(12)) known = addShare(rows, known, steps)
    const value = assigned(field, known, special)
    const type = valueType(field.type)
    const id = fresh(reading, field.name, type, value.maybe)
    steps.push({ kind: "field", field: field.name, variable: id, value, at: at(20 + fields.length) })
    fields.push({ field: field.name, variable: id })
    // A cleared field reads as missing.
    if (readableKinds.has(type.kind))
      known = { ...known, readables: [...known.readables, read(id, type, value.maybe || field.clearable)] }
  }
  const exit = (): {
    verb: "reject" | "hold" | "warn"
    code: string
    message: PlanExpression | null
    field: string | null
  } => ({
    verb: draw.pick(["reject", "hold", "warn", "warn", "warn", "warn"]),
    code: `CHECK_${draw.int(1, 3)}`,
    message: draw.chance(40) ? textExpression(noExits(known), 1) : null,
    field: draw.chance(50) ? draw.pick(shape.fields).name : null,
  })
  if (reading.exits && draw.chance(20))
    steps.push({ kind: "check", condition: condition(noExits(known), 2), exit: exit(), at: at(90) })
  if (reading.exits && draw.chance(15)) {
    const inner = noExits(known)
    const sides = (draw.chance(40) ? groupedSides(inner) : null) ?? {
      left: numberExpression(inner, 1),
      right: numberExpression(inner, 1),
      groups: null,
    }
    steps.push({
      kind: "control",
      masked: draw.chance(10),
      title: "t",
      operator: "==",
      ...sides,
      when: draw.chance(30) ? condition(inner, 0) : null,
      at: at(91),
      within: draw.chance(60)
        ? { amount: figureOf(draw.pick(["1", "0.05"])), relative: draw.chance(30), minorOf: null }
        : null,
      exit: exit(),
    })
  }
  return { steps, fields }
}

function assigned(field: PlanField, reading: Reading, special: Special): PlanExpression {
  const { draw } = reading
  const { type } = field
  if (type.kind === "record" || type.kind === "list") return special(field, reading)
  if (field.name === "ccy") return reading.currency
  if (!field.optional) return fitted(field, scalar(type, reading))
  const maybes = reading.readables.filter(
    one => one.maybe && one.type.kind === valueType(type).kind && fitsStatically(one, type),
  )
  if (maybes.length > 0 && draw.chance(60)) {
    const value = fitted(field, draw.pick(maybes))
    if (field.clearable && draw.chance(50))
      return { kind: "else", value, fallback: clear, type: value.type, maybe: false, at: here }
    return draw.chance(30)
      ? { kind: "else", value, fallback: missing, type: value.type, maybe: true, at: here }
      : value
  }
  return draw.chance(10) ? missing : fitted(field, scalar(type, reading))
}

/** A maybe is not rounded here: only what loses nothing may be assigned as it is. */
function fitsStatically(value: PlanExpression, type: WireType): boolean {
  if (type.kind === "enum") return false
  const wanted = valueType(type)
  if (wanted.kind === "period") return value.type.kind === "period" && value.type.calendar === wanted.calendar
  return wanted.kind !== "number" || typeOfNumber(value).scale <= wanted.scale
}

function scalar(type: WireType, reading: Reading): PlanExpression {
  const { draw } = reading
  switch (type.kind) {
    case "text":
    case "currency":
      return textExpression(reading, 2)
    case "bool":
      return condition(reading, 2)
    case "int":
      return narrowed(numberExpression(reading, 2), 0, draw)
    case "decimal":
    case "money":
    case "percent":
    case "quantity": {
      const value = numberExpression(reading, 3)
      return narrowed(value, valueScale(type), draw)
    }
    case "date":
      return dateExpression(reading, 1)
    case "period":
      return periodExpression(reading, type.calendar, 1)
    case "datetime":
    case "instant": {
      const found = candidates(reading, type.kind)
      const fixed: PlanExpression = {
        kind: "literal",
        value: type.kind === "instant" ? "2026-01-01T00:00:00Z" : "2026-01-01T00:00:00",
        type: { kind: type.kind },
        maybe: false,
        at: here,
      }
      if (found.length === 0 || draw.chance(30)) return fixed
      const value = draw.pick(found)
      return value.maybe
        ? {
            kind: "else",
            value,
            fallback: !reading.exits || draw.chance(50) ? fixed : exitOf(reading),
            type: value.type,
            maybe: false,
            at: here,
          }
        : value
    }
    case "enum": {
      const texts = candidates(reading, "text")
      const subject = texts.length > 0 ? total(reading, draw.pick(texts)) : textOf("Won")
      const arms = [valueArm(["Won", "Acme"], textOf("Won")), valueArm(["Lost", "AB"], textOf("Lost"))]
      return {
        kind: "switch",
        subject,
        arms,
        missing: null,
        otherwise: reading.exits && draw.chance(12) ? exitOf(reading) : textOf(stages[0]!),
        type: text,
        maybe: false,
        at: here,
      }
    }
    default:
      throw new Error(`no random ${type.kind}`)
  }
}

function valueScale(type: Extract<WireType, { precision: number | null }>): number {
  return type.kind === "percent" ? type.scale + 2 : type.scale
}

function narrowed(value: PlanExpression, scale: number, draw: Draw): PlanExpression {
  return typeOfNumber(value).scale <= scale
    ? value
    : roundTo(value, scale, draw.pick(["half_even", "half_up", "down", "ceiling"]))
}

/** Every check the compiler would ask for; for proofs it could make, none. */
function fitted(field: PlanField, value: PlanExpression): PlanExpression {
  const { type } = field
  const checks: Extract<PlanExpression, { kind: "fit" }>["checks"][number][] = []
  switch (type.kind) {
    case "text":
      if (type.min > 0 || type.max !== null) checks.push({ kind: "length" })
      if (type.pattern !== null) checks.push({ kind: "pattern" })
      break
    case "int":
      if (type.min !== null || type.max !== null) checks.push({ kind: "bounds" })
      break
    case "decimal":
    case "money":
    case "percent":
    case "quantity": {
      const { digits } = typeOfNumber(value)
      if (type.precision !== null && (digits === null || digits > type.precision - valueScale(type)))
        checks.push({ kind: "digits" })
      if (type.low !== null || type.high !== null) checks.push({ kind: "bounds" })
      if (type.fitsMinor || type.wire === "minor")
        checks.push({ kind: "minor", currency: minorCurrency(field) })
      break
    }
    case "period":
      if (!mayRefuse(type)) return value
      checks.push({ kind: "form" })
      break
    default:
      return value
  }
  return fitTo(value, type, field.name, checks)
}

/** The target's currency is its source's: assigned by plain copy. */
function minorCurrency(_field: PlanField): PlanExpression {
  const ccy: PlanExpression = {
    kind: "field",
    of: read(0, recordOf("Source")),
    field: "ccy",
    narrowed: false,
    type: text,
    maybe: false,
    at: here,
  }
  return ccy
}

function recordExpression(
  reading: Reading,
  shape: PlanShape,
  special: Special,
  rows: Rows | null = null,
): PlanExpression {
  return {
    kind: "record",
    shape: shape.id,
    block: block(reading, shape, [], special, rows),
    type: recordOf(shape.id),
    maybe: false,
    at: here,
  }
}

function rowsExpression(field: PlanField, reading: Reading, shapes: Shapes): PlanExpression {
  const { draw } = reading
  const rows = reading.lists.filter(list => list.elementType.kind === "record")
  const one = (inner: Reading, of: Rows | null = null): PlanExpression =>
    recordExpression(inner, shapes.outRows, () => missing, of)
  const type: ValueType = { kind: "list", of: recordOf("OutRow") }
  const eachOf = (list: ListSource): PlanExpression => {
    const nested = draw.chance(15)
    const opened = draw.chance(12)
      ? openParts({ ...reading, inRow: true }, minorCurrency(field))
      : nested
        ? openNodes({ ...reading, inRow: true }, list)
        : draw.chance(35)
          ? openGroups({ ...reading, inRow: true }, list)
          : openList(reading, list, true)
    const position = draw.chance(50) ? fresh(reading, "position", numeric(0)) : null
    const safe = noExits(opened.inside)
    const where = draw.chance(50) ? condition(safe, 1) : null
    const keys =
      !nested && draw.chance(30)
        ? [
            draw.pick([
              () => numberExpression(safe, 0),
              () => textExpression(safe, 0),
              () => dateExpression(safe, 0),
            ])(),
          ]
        : []
    const known =
      position === null
        ? opened.inside
        : { ...opened.inside, readables: [...opened.inside.readables, read(position, numeric(0))] }
    const left = draw.chance(30) ? randomCarries(known) : null
    const looking =
      left === null
        ? known
        : { ...known, readables: [...known.readables, ...left.readables, ...left.readables] }
    return {
      kind: "each",
      generators: opened.generators,
      where,
      sort: keys.map(key => ({ key, descending: draw.chance(50) })),
      position,
      // Rows that share are not made one after another.
      body: left === null ? one(known, { outer: reading, loops: opened.generators.length }) : one(looking),
      ...(left === null ? {} : { carries: left.carries }),
      type,
      maybe: opened.maybe,
      at: here,
    }
  }
  const literal = (): PlanExpression => ({
    kind: "list",
    type,
    maybe: false,
    at: here,
    elements: [
      { when: null, value: one(reading), spread: false },
      ...(draw.chance(50)
        ? [{ when: condition(noExits(reading), 0), value: one(reading), spread: false }]
        : []),
      ...(rows.length > 0 && draw.chance(60)
        ? [{ when: null, value: present(eachOf(draw.pick(rows)), reading), spread: true }]
        : []),
    ],
  })
  const list = rows.length > 0 && draw.chance(75) ? eachOf(draw.pick(rows)) : literal()
  const bounded = field.type.kind === "list" && (field.type.min > 0 || field.type.max !== null)
  const emptyIsMissing = field.type.kind === "list" && field.type.min > 0 && draw.chance(50)
  const value = bounded ? fitTo(list, field.type, field.name, [{ kind: "items" }], emptyIsMissing) : list
  return present(value, reading)
}

function present(value: PlanExpression, reading: Reading): PlanExpression {
  if (!value.maybe) return value
  const empty: PlanExpression = { kind: "list", elements: [], type: value.type, maybe: false, at: here }
  const min = value.kind === "fit" && value.to.kind === "list" ? value.to.min : 0
  const fallback = min === 0 && (!reading.exits || reading.draw.chance(30)) ? empty : exitOf(reading)
  return { kind: "else", value, fallback, type: value.type, maybe: false, at: here }
}
