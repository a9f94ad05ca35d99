// What fmap promises of its speed, as ratios. Flows in: measured ratios by name of the goal; flows out: rows "goal, measured, verdict".
export interface Goal {
  readonly id: string
  readonly what: string
  readonly goal: number
  /** Which side of the goal is good. */
  readonly good: "atMost" | "atLeast"
  readonly unit?: string
}

export const goals: readonly Goal[] = [
  {
    id: "R1 text",
    what: "parse + map + stringify ÷ JSON.parse + JSON.stringify, amounts as text",
    goal: 1.15,
    good: "atMost",
  },
  { id: "R1 number", what: "the same, amounts as numbers", goal: 1.15, good: "atMost" },
  { id: "R2 float text", what: "transform ÷ float by hand, amounts as text", goal: 0.55, good: "atMost" },
  { id: "R2 float number", what: "transform ÷ float by hand, amounts as numbers", goal: 0.2, good: "atMost" },
  { id: "R2 big.js", what: "transform ÷ big.js by hand, amounts as text", goal: 0.2, good: "atMost" },
  {
    id: "R2 decimal.js",
    what: "transform ÷ decimal.js by hand, amounts as text",
    goal: 0.12,
    good: "atMost",
  },
  {
    id: "R2 lists float",
    what: "shares, groups, conversion ÷ float by hand, amounts as text",
    goal: 0.55,
    good: "atMost",
  },
  { id: "R2 lists big.js", what: "the same ÷ big.js by hand", goal: 0.2, good: "atMost" },
  { id: "R2 lists decimal.js", what: "the same ÷ decimal.js by hand", goal: 0.12, good: "atMost" },
  {
    id: "R2 facts float",
    what: "ledger lines joined and grouped ÷ the same by hand with floats, unvalidated",
    goal: 1.5,
    good: "atMost",
  },
  { id: "R2 facts big.js", what: "the same ÷ big.js by hand", goal: 0.6, good: "atMost" },
  { id: "R4", what: "JSONata ÷ transform, amounts as numbers", goal: 300, good: "atLeast" },
  { id: "R4 end", what: "JSONata ÷ fmap, with parse and stringify", goal: 15, good: "atLeast" },
  { id: "R5 Ajv", what: "validate + map + exact ÷ Ajv alone on the same fields", goal: 1.1, good: "atMost" },
  { id: "R5 step", what: "transform ÷ the same without the door's checks", goal: 1.2, good: "atMost" },
  { id: "R6", what: "parseExact ÷ JSON.parse, amounts as numbers", goal: 1.15, good: "atMost" },
  {
    id: "E1",
    what: "events a second through the flow engine, each with an effect over HTTP",
    goal: 1_500,
    good: "atLeast",
  },
  { id: "E2", what: "the same on PostgreSQL, one worker", goal: 400, good: "atLeast" },
  { id: "C1 parse", what: "lines parsed a second of processor time", goal: 200_000, good: "atLeast" },
  {
    id: "C1 all",
    what: "lines compiled a second of processor time: check, TypeScript, JSON Schema",
    goal: 50_000,
    good: "atLeast",
  },
  {
    id: "C1 TypeSpec",
    what: "lines a second of `fmap compile` ÷ of `tsp compile`",
    goal: 10,
    good: "atLeast",
  },
  { id: "C2", what: "`fmap check` cold ÷ `node -e 0`", goal: 1.75, good: "atMost" },
  {
    id: "C3",
    what: "milliseconds to emit the TypeScript of a module of 140 lines",
    goal: 0.3,
    good: "atMost",
  },
  { id: "C5 size", what: "map and kernel, bundled and minified, KB", goal: 10, good: "atMost" },
  { id: "C5 first call", what: "milliseconds of the first call", goal: 2, good: "atMost" },
]

export type Ratios = ReadonlyMap<string, number>

export function verdict({ goal, good }: Goal, measured: number): string {
  const short = good === "atMost" ? measured / goal : goal / measured
  return short <= 1 ? "met" : `${short.toFixed(2)}× off`
}
