// The law of patches: writing the patch of a change onto what the map made before gives what the map makes after. Random records and
// random changes of them, told in both ways an event can tell them; the whole map and the patch share no code but the expressions.
import { compile, type InterpretInput, interpreter, memoryHost, type Plan } from "@fmap/compiler"
import fc from "fast-check"
import { expect, test } from "vitest"

const fields = ["a", "b", "c", "d"] as const
type Field = (typeof fields)[number] | "part.e"
interface Whole {
  readonly a?: string | undefined
  readonly b?: string | undefined
  readonly c?: string | undefined
  readonly d?: string | undefined
  readonly e?: string | undefined
}

const text = `record Part { e?: text }
record Head { nulled: text[], changed: text[] }
contract Whole version 1.0.0 reads { id: text key, a?: text, b?: text, c?: text, d?: text, part: Part }
contract Nulled version 1.0.0 events unchanged when null unless in head.nulled
{ head: Head, id: text key, a?: text, b?: text, c?: text, d?: text, part?: Part }
contract Changed version 1.0.0 events changed in head.changed
{ head: Head, id: text key, a?: text, b?: text, c?: text, d?: text, part?: Part }
contract Target version 1.0.0 writes
{ id: text key, w?: text clearable, x: text, y?: text clearable, z?: text clearable, v: text }
map Make version 1.0.0
  from s: Whole
  to t: Target
{
  id = s.id
  w  = s.a else clear
  x  = s.b else "none"
  y  = "{o.l}-{o.r}"
  z  = s.part.e else clear
  v  = upper(s.b else "none")
  let o = { l = s.c else "?", r = s.d else "?" }
}
${["Nulled", "Changed"]
  .map(
    kind => `map From${kind} patch version 1.0.0
  from s: ${kind}, full: Whole
  to t: Target
{
  id = s.id
  w  = s.a
  x  = s.b else "none"
  y  = "{o.l}-{o.r}"
  z  = s.part.e
  v  = upper(s.b else "none")
  let o = { l = full.c else "?", r = full.d else "?" }
  ignore full.id because "the event has it"
}
`,
  )
  .join("")}`

const value = fc.option(fc.constantFrom("1", "2", "x"), { nil: undefined })
const whole: fc.Arbitrary<Whole> = fc.record({ a: value, b: value, c: value, d: value, e: value })

function payload({ e, ...plain }: Whole): Record<string, unknown> {
  return { id: "i", ...plain, part: { e } }
}

/** The event between two records: what differs, null or absent elsewhere. */
function eventOf(
  before: Whole,
  after: Whole,
): { readonly event: unknown; readonly changes: readonly Field[] } {
  const changes: Field[] = fields.filter(field => before[field] !== after[field])
  if (before.e !== after.e) changes.push("part.e")
  const cleared = changes.filter(field => after[field === "part.e" ? "e" : field] === undefined)
  const event = {
    head: { nulled: cleared, changed: changes },
    id: "i",
    ...Object.fromEntries(
      fields.map(field => [field, changes.includes(field) ? (after[field] ?? null) : null]),
    ),
    part: changes.includes("part.e") ? { e: after.e ?? null } : null,
  }
  return { event, changes }
}

test("what a patch writes onto the target is what the whole map makes of the changed record", () => {
  const { plan, diagnostics } = compile(memoryHost(new Map([["m.fmap", text]])), ["m.fmap"], { emit: {} })
  expect(diagnostics.map(d => `${d.code} ${d.message}`)).toEqual([])
  const run = interpreter(plan as Plan)
  const done = (map: string, input: InterpretInput): Record<string, unknown> => {
    const result = run(map, input)
    if (result.status !== "done") throw new Error(JSON.stringify(result))
    return result.value as Record<string, unknown>
  }
  let kept = 0
  fc.assert(
    fc.property(whole, whole, fc.constantFrom("FromNulled", "FromChanged"), (before, after, map) => {
      const made = done("Make", { s: payload(before) })
      const { event } = eventOf(before, after)
      const patch = done(map, { s: event, full: payload(after) })
      expect({ ...made, ...patch }).toEqual(done("Make", { s: payload(after) }))
      // Nothing is written that did not change: what stands in the patch is new, or was made of a change.
      kept += Object.keys(made).length - Object.keys(patch).length
    }),
    { numRuns: 400 },
  )
  expect(kept).toBeGreaterThan(200)
})

test("an event without changes writes the key alone", () => {
  const { plan } = compile(memoryHost(new Map([["m.fmap", text]])), ["m.fmap"], { emit: {} })
  const run = interpreter(plan as Plan)
  const { event } = eventOf({ a: "1" }, { a: "1" })
  for (const map of ["FromNulled", "FromChanged"]) {
    const result = run(map, { s: event, full: payload({ a: "1" }) })
    expect(result.status === "done" ? result.value : result).toEqual({ id: "i" })
  }
})
