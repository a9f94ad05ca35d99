// Both versions of a map on recorded inputs: what differs, by how much, and what is said of it. And the proof of the proof: what is told as equivalent gives the same for random inputs.
import {
  compareMaps,
  observedFindings,
  observeMaps,
  type Plan,
  type RecordedInput,
  type Release,
  runnable,
  withObservations,
} from "@fmap/compiler"
import { readJson } from "@fmap/runtime"
import { describe, expect, test } from "vitest"
import { runnerOfBoth } from "../../../compiler/diff/execute/run-both.ts"
import { planOf } from "../../conformance/plan-of.ts"
import { samples } from "../differential/draw.ts"
import { randomRecord } from "../differential/random-payload.ts"
import { diffCases } from "./corpus.ts"

const source = `record Line(ccy: currency) {
  Quantity : decimal(12,2)
  Price    : money(18,2) in ccy
}

contract Deal version 1.0.0
  reads
{
  Id    : text(18)  key
  Ccy   : currency
  Note? : text(20)
  Lines : Line(Ccy)[]
}

record OrderLine(ccy: currency) {
  amount : money(18,2) in ccy
}

contract Order version 1.0.0
  writes
{
  id       : text(18)  key
  note?    : text(20)
  currency : currency
  lines    : OrderLine(currency)[1..]
  total    : money(20,2) in currency
}

map Book version 1.0.0
  from deal: Deal
  to   order: Order
{
  key id   = deal.Id on replay same skip
  note     = deal.Note
  currency = deal.Ccy
  lines    = each deal.Lines as line where line.Quantity > 0 {
    amount = round(line.Quantity * line.Price, minor, half_even)
  } else reject NO_LINES "nothing is sold"
  total = sum(lines.amount)
}
`

function release(text: string): Release {
  return { plan: planOf(text), textOf: () => text, rows: new Map() }
}

function json(text: string): unknown {
  const read = readJson(text)
  if ("refused" in read) throw new Error(read.refused.message)
  return read.ok
}

function deal(id: string, ccy: string, ...lines: readonly (readonly [string, string])[]): RecordedInput {
  const rows = lines.map(([quantity, price]) => `{ "Quantity": "${quantity}", "Price": "${price}" }`)
  const text = `{ "Id": "${id}", "Ccy": "${ccy}", "Note": "as agreed", "Lines": [${rows.join(", ")}] }`
  return { map: "Book", name: id, input: { deal: json(text) } }
}

const recorded = [
  // 0.125 EUR: a half cent
  deal("1", "EUR", ["0.50", "0.25"], ["1", "10.00"]),
  deal("2", "EUR", ["0.50", "0.25"], ["0.50", "0.25"], ["-1", "4.00"]),
  deal("3", "USD", ["1.50", "0.15"], ["3", "7.00"]),
  deal("4", "JPY", ["2", "100.00"]),
]

function compared(changed: string, inputs: readonly RecordedInput[] = recorded) {
  const [old, now] = [release(source), release(changed)]
  const observations = observeMaps(
    runnable(old.plan, new Map(), new Map()),
    runnable(now.plan, new Map(), new Map()),
    inputs,
  )
  const findings = withObservations(compareMaps(old, now, "standard"), observations)
  const more = observedFindings(findings, observations, {
    mode: "standard",
    tolerance: "0",
    otherwiseChanged: () => false,
    now: now.plan,
  })
  return { findings, more, observations }
}

describe("half cents go up instead of to the even one", () => {
  const { findings, more, observations } = compared(source.replace("half_even", "half_up"))
  test("each field that differs, with the exact sum of the differences by currency", () => {
    const [book] = observations
    expect(book).toMatchObject({ compared: 4, impossible: 0, newlyFailing: 0, newlyPassing: 0 })
    expect(
      book?.fields.map(({ path, observed }) => [path, observed.differs, observed.deltaByCurrency]),
    ).toEqual([
      ["/lines/[]/amount", 3, { EUR: "0.03", USD: "0.01" }],
      ["/total", 3, { EUR: "0.03", USD: "0.01" }],
    ])
    expect(book?.fields.map(({ observed }) => observed.largestDelta)).toEqual(["0.01", "0.02"])
  })
  test("the finding carries it, with an example made as small as still shows it", () => {
    expect(findings.map(({ rule }) => rule)).toEqual(["M004"])
    const [{ observed } = { observed: null }] = findings
    expect(observed?.differs).toBe(3)
    expect(observed?.examples).toHaveLength(3)
    expect(observed?.examples[0]).toMatchObject({ old: "0.12", new: "0.13" })
    const first = observed?.examples[0]?.payload as { deal: { Lines: unknown[] } }
    expect(first.deal.Lines).toHaveLength(1)
    expect(first.deal).not.toHaveProperty("Note")
  })
  test("totals that drift are a finding of their own, for the lines and for the total", () => {
    expect(more.map(({ rule, path }) => [rule, path])).toEqual([
      ["M033", "/lines/[]/amount"],
      ["M033", "/total"],
    ])
    expect(more[1]?.message).toBe('The sum of "/total" over 4 records drifts by 0.03 EUR, 0.01 USD.')
  })
})

test("within the tolerance a total does not drift", () => {
  const { findings, observations } = compared(source.replace("half_even", "half_up"))
  const options = { mode: "standard", otherwiseChanged: () => false, now: planOf(source) } as const
  expect(
    observedFindings(findings, observations, { ...options, tolerance: "0.02" }).map(({ message }) => message),
  ).toEqual([
    'The sum of "/lines/[]/amount" over 4 records drifts by 0.03 EUR.',
    'The sum of "/total" over 4 records drifts by 0.03 EUR.',
  ])
  expect(observedFindings(findings, observations, { ...options, tolerance: "0.03" })).toEqual([])
})

test("of records that differ, those in which no figure does by more than the tolerance", () => {
  const [old, now] = [planOf(source), planOf(source.replace("half_even", "half_up"))]
  const withinAt = (tolerance: string) =>
    observeMaps(
      runnable(old, new Map(), new Map()),
      runnable(now, new Map(), new Map()),
      recorded,
      tolerance,
    ).flatMap(({ fields }) => fields.map(({ observed }) => [observed.differs, observed.withinTolerance]))
  // two lines of one deal differ by a cent each, and its total by two
  expect(withinAt("0")).toEqual([
    [3, 0],
    [3, 0],
  ])
  expect(withinAt("0.01")).toEqual([
    [3, 3],
    [3, 2],
  ])
  expect(withinAt("0.02")).toEqual([
    [3, 3],
    [3, 3],
  ])
})

test("records that no longer go through, and those that do now", () => {
  const { observations } = compared(source.replace("line.Quantity > 0", "line.Quantity > 1"))
  expect(observations[0]).toMatchObject({ compared: 4, newlyFailing: 2, newlyPassing: 0 })
  expect(observations[0]?.fields.find(({ path }) => path === "")?.observed).toMatchObject({ differs: 2 })
})

test("a change that no recorded record reaches is told as one", () => {
  const { more } = compared(source.replace("line.Quantity > 0", "line.Quantity > -9000"), [
    deal("4", "JPY", ["2", "100.00"]),
  ])
  expect(more.map(({ rule, path }) => [rule, path])).toEqual([["M032", "/lines"]])
})

test("a difference that nothing explains is a bug of fmap, and told", () => {
  const { observations } = compared(source.replace("half_even", "half_up"))
  const now = planOf(source)
  const told = (isChanged: boolean) =>
    observedFindings([], observations, {
      mode: "standard",
      tolerance: "1",
      otherwiseChanged: () => isChanged,
      now,
    })
  expect(told(false).map(({ rule, path }) => [rule, path])).toEqual([
    ["M031", "/lines/[]/amount"],
    ["M031", "/total"],
  ])
  // reference data that changed explains it
  expect(told(true)).toEqual([])
})

test("an input without its reference data is counted, and compared with nothing", () => {
  const text = `${source}
crosswalk Far(a: text(18)) -> text(18) version 1.0.0
  from csv "far.csv" (a: "a", value: "b")
`
  const using = text.replace("note     = deal.Note", 'note     = Far(deal.Id) else "none"')
  const plan: Plan = planOf(using, { "far.csv": "a,b\n1,2\n" })
  const one = runnable(plan, new Map(), new Map())
  expect(observeMaps(one, one, recorded)[0]).toMatchObject({ compared: 0, impossible: 4, fields: [] })
})

const same = diffCases().filter(({ findings }) => findings.every(({ rule }) => rule === "M001"))
describe.each(same.map(one => [one.name, one] as const))("%s", (_, one) => {
  test("what is told as equivalent gives the same for random inputs", () => {
    const [old, now] = [planOf(one.old, one.files), planOf(one.new, one.files)]
    const both = runnerOfBoth(runnable(old, new Map(), new Map()), runnable(now, new Map(), new Map()))
    const words = [...one.old.matchAll(/"([^"{}]{1,18})"/gu)].map(([, word]) => word ?? "")
    const shapes = new Map(old.shapes.map(shape => [shape.id, shape]))
    let ran = 0
    for (const map of old.maps) {
      const inputs = samples(40, 35, draw => {
        const record = (shape: string): unknown =>
          knownWords(
            randomRecord(shape, { draw, shapes, wrong: 1, json: true }),
            words,
            () => draw.chance(50),
            draw.pick,
          )
        const sources = map.sources.map(({ name, binding }) => [
          name,
          map.set?.each === name ? [record(binding.shape), record(binding.shape)] : record(binding.shape),
        ])
        return Object.fromEntries([...sources, ...map.givens.map(({ name }) => [name, "2026-03-31"])])
      })
      for (const input of inputs) {
        const result = both({ map: map.name, name: "", input })
        if (result === null || result.old.kind === "impossible") continue
        ran++
        expect(result.differences).toEqual([])
        // what fails beside another failure may be reported, or be silent with what it reads
        if (result.old.kind === "stopped" && result.new.kind === "stopped") {
          const codes = new Set(result.old.codes)
          expect(result.new.codes.some(code => codes.has(code))).toBe(true)
        } else expect(result.new).toEqual(result.old)
      }
    }
    if (!/ from\s+csv/u.test(one.old)) expect(ran).toBeGreaterThan(30)
  })
})

/** Texts that the map asks for come up now and then, so that its arms are reached. */
function knownWords(
  value: unknown,
  words: readonly string[],
  often: () => boolean,
  pick: (of: readonly string[]) => string,
): unknown {
  if (typeof value === "string")
    return words.length > 0 && often() && !/^[A-Z]{3}$/u.test(value) && Number.isNaN(Number(value))
      ? pick(words)
      : value
  if (Array.isArray(value)) return value.map(item => knownWords(item, words, often, pick))
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, knownWords(member, words, often, pick)]),
    )
  return value
}
