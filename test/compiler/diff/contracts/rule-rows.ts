// Rules that no JSON Schema shows, each on the smallest pair of contracts it is about, the same pair the other way round, and a pair that
// looks alike and is none. Flows in: nothing. Flows out: rows.

export interface RuleRow {
  readonly rule: string
  readonly name: string
  readonly old: string
  readonly now: string
  readonly there: readonly string[]
  readonly back: readonly string[]
  /** Beside `old`, the rule has nothing to tell of it. */
  readonly near: string
}

const contract = (body: string, wire = "json(decimal: number)") =>
  `system Bank {\n  wire ${wire}\n}\ncontract Entry of Bank version 1.0.0\n  reads\n  compatible full\n{\n${body}\n}\n`
const fields = (...lines: readonly string[]) => lines.map(line => `  ${line}`).join("\n")
const id = "id : text(20)  key"
const rate = (type: string) => contract(fields(id, `rate : ${type}`))
const columns = (wire: string, ...names: readonly string[]) =>
  contract(fields(id, ...names.map(name => `${name} : text(10)`)), wire)
const bare = 'csv(delimiter: ";", header: no)'
const headed = 'csv(delimiter: ";")'
const old = (modifiers: string) => contract(fields(id, `a? : text(10)${modifiers}`))
const keyed = (first: string, second: string) =>
  contract(fields(`a : text(10)${first}`, `b : text(10)${second}`))

export const ruleRows: readonly RuleRow[] = [
  {
    rule: "S015",
    name: "digits before the point",
    old: rate("decimal(10,2)"),
    now: rate("decimal(8,2)"),
    there: ["S015 /rate error writers"],
    back: ["S015 /rate error readers"],
    near: rate("decimal(12,4)"),
  },
  {
    rule: "S016",
    name: "figures as text",
    old: rate("decimal(10,2)"),
    now: rate("decimal(10,2)  wire text"),
    there: ["S016 /rate error both"],
    back: ["S016 /rate error both"],
    near: rate("decimal(10,2)  wire number"),
  },
  {
    rule: "S016",
    name: "dates in another form",
    old: rate("date"),
    now: rate("date  wire odata2"),
    there: ["S016 /rate error both"],
    back: ["S016 /rate error both"],
    near: rate("date  wire iso"),
  },
  {
    rule: "S025",
    name: "columns that are known by their place",
    old: columns(bare, "a", "b"),
    now: columns(bare, "b", "a"),
    there: ["S025  error both"],
    back: ["S025  error both"],
    near: columns(bare, "a", "b", "c"),
  },
  {
    rule: "S025",
    name: "columns that a header names",
    old: columns(headed, "a", "b"),
    now: columns(headed, "b", "a"),
    there: ["S025  information none"],
    back: ["S025  information none"],
    near: columns(headed, "a", "c", "b"),
  },
  {
    rule: "S025",
    name: "members that have names",
    old: columns("json", "a", "b"),
    now: columns("json", "b", "a"),
    there: [],
    back: [],
    near: columns("json", "a", "b"),
  },
  {
    rule: "S026",
    name: "a field nobody says the end of",
    old: old(""),
    now: old("  deprecated"),
    there: ["S026 /a warning none"],
    back: [],
    near: old("  deprecated sunset 2026-12-31"),
  },
  {
    rule: "S026",
    name: "a field that ends too soon",
    old: old(""),
    now: old("  deprecated sunset 2026-04-30"),
    there: ["S026 /a error none"],
    back: [],
    near: old("  deprecated sunset 2026-12-31"),
  },
  {
    rule: "S026",
    name: "a field that went before its end",
    old: old("  deprecated sunset 2026-12-31"),
    now: contract(fields(id)),
    there: ["S005 /a information none", "S026 /a error none"],
    back: ["S001 /a information none"],
    near: old("  deprecated sunset 2027-12-31"),
  },
  {
    rule: "S027",
    name: "another field tells records apart",
    old: keyed("  key", ""),
    now: keyed("", "  key"),
    there: ["S027  error both"],
    back: ["S027  error both"],
    near: contract(fields("b : text(10)", "a : text(10)  key")),
  },
  {
    rule: "S027",
    name: "one field more tells them apart",
    old: keyed("  key", ""),
    now: keyed("  key", "  key"),
    there: ["S027  error both"],
    back: ["S027  error both"],
    near: contract(fields("a : text(10)  key", "b : text(10)", "c? : text(10)")),
  },
]
