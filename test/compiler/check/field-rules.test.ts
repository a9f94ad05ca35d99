// Rules of fields: what the compiler says it has proved and what it checks for every record; and, over all ways to assign two fields,
// that a proof holds and a check does not let anything through.
import { buildReport, compile, formatReport, interpret, memoryHost, type Plan } from "@fmap/compiler"
import fc from "fast-check"
import { expect, test } from "vitest"

const rules = ["exactly one of", "at most one of", "all or none of"] as const
/** How a field may be assigned, and whether it then has a value. `o` and `p` are optional, `k` chooses. */
const values = [
  { text: "i.r", there: () => true },
  { text: "i.o", there: (i: Input) => i.o !== undefined },
  { text: 'i.o else "x"', there: () => true },
  { text: "i.o else clear", there: (i: Input) => i.o !== undefined },
  { text: 'match i.k { "1" -> i.r, otherwise -> missing }', there: (i: Input) => i.k === "1" },
  { text: 'match i.k { "1" -> missing, otherwise -> i.r }', there: (i: Input) => i.k !== "1" },
  { text: "match { i.p is present -> i.p, otherwise -> missing }", there: (i: Input) => i.p !== undefined },
  { text: null, there: () => false },
] as const
interface Input {
  readonly r: string
  readonly o?: string
  readonly p?: string
  readonly k: string
}
const inputs: readonly Input[] = ["1", "2"].flatMap(k =>
  [{}, { o: "o" }, { p: "p" }, { o: "o", p: "p" }].map(more => ({ r: "r", k, ...more })),
)

function compiled(
  rule: string,
  a: number,
  b: number,
): { readonly plan: Plan | null; readonly codes: readonly string[] } {
  const assign = (name: string, index: number): string => {
    const { text } = values[index] ?? values[0]
    return text === null ? `leave ${name} because "x"` : `${name} = ${text}`
  }
  const text = `record In { r: text, o?: text, p?: text, k: text }
record Out {
  a? : text clearable
  b? : text clearable
  ${rule} a, b
}
map M version 1.0.0
  from i: In
  to o: Out
{
  ${assign("a", a)}
  ${assign("b", b)}
}
`
  const { plan, diagnostics } = compile(memoryHost(new Map([["m.fmap", text]])), ["m.fmap"], { emit: {} })
  return { plan, codes: diagnostics.filter(d => d.severity === "error").map(d => d.code) }
}

test("what is proved holds for every record, what is an error breaks for every record of an arm, the rest is checked", () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(
      fc.constantFrom(...rules),
      fc.nat(values.length - 1),
      fc.nat(values.length - 1),
      (rule, a, b) => {
        const keeps = (input: Input): boolean => {
          const count = [a, b].filter(index => values[index]?.there(input)).length
          return rule === "exactly one of" ? count === 1 : rule === "at most one of" ? count < 2 : count !== 1
        }
        const { plan, codes } = compiled(rule, a, b)
        if (plan === null) {
          seen.add("broken")
          expect(codes).toEqual(["FM4184"])
          expect(inputs.some(input => !keeps(input))).toBe(true)
          return
        }
        const how = plan.maps[0]?.report.fieldRules[0]?.how ?? ""
        seen.add(how)
        if (how === "proved") expect(inputs.every(keeps)).toBe(true)
        for (const input of inputs)
          expect(interpret(plan, "M", { i: input }).status).toBe(keeps(input) ? "done" : "rejected")
      },
    ),
    { numRuns: 250 },
  )
  expect([...seen].sort()).toEqual(["broken", "checked", "proved"])
})

test("the build report says which", () => {
  const { plan } = compiled("exactly one of", 4, 5)
  const { plan: other } = compiled("at most one of", 1, 0)
  const shown = [plan, other].map(one => (one === null ? "" : formatReport(buildReport(one))))
  expect(shown[0]).toContain("proved  Out  exactly one of a, b  m.fmap:5:3")
  expect(shown[0]).not.toContain("NOT_EXACTLY_ONE")
  expect(shown[1]).toContain("checked  Out  at most one of a, b  m.fmap:5:3")
  expect(shown[1]).toContain("MORE_THAN_ONE")
})
