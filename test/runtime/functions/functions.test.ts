// Every example of every built-in is run, and a spec without docs or examples does not type-check.
import { functions } from "@fmap/runtime"
import {
  callFunction,
  type FunctionSpec,
  type FunctionValue,
  functionRuns,
  functionSpecs,
} from "@fmap/runtime/functions"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

/** A literal of the language, as text of a call or a result. Numbers carry their scale: 12.50 is 1250n. */
function literals(text: string): FunctionValue[] {
  const token =
    /\s*(?:(?:re)?"((?:[^"\\]|\\.)*)"|(\d{4}-\d{2}-\d{2})|(-?\d+)(?:\.(\d+))?|(true|false)|(missing)|(\[)|(\])|,)/y
  const values: FunctionValue[] = []
  let list: string[] | undefined
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const match = token.exec(text)
    if (match === null) throw new Error(`Not a literal at ${at}: ${text}`)
    const [, written, date, whole, fraction, flag, missing, open, close] = match
    const string = written?.replaceAll(/\\(["\\])/g, "$1")
    if (string !== undefined && list !== undefined) list.push(string)
    else if (string !== undefined) values.push(string)
    else if (date !== undefined) values.push(date)
    else if (whole !== undefined) values.push(BigInt(whole + (fraction ?? "")))
    else if (flag !== undefined) values.push(flag === "true")
    else if (missing !== undefined) values.push(undefined)
    else if (open !== undefined) list = []
    else if (close !== undefined) {
      values.push(list ?? [])
      list = undefined
    }
  }
  return values
}

describe.each([...functionSpecs.values()].map(spec => [spec.name, spec] as const))("%s", (name, spec) => {
  test.each(spec.examples.map(example => [example.call, example.gives] as const))(
    "%s gives %s",
    (call, gives) => {
      expect(call.startsWith(`${name}(`) && call.endsWith(")")).toBe(true)
      const values = literals(call.slice(name.length + 1, -1))
      expect(values.length).toBe(spec.params.length)
      expect([callFunction(name, values)]).toEqual(literals(gives))
    },
  )

  test("its promise is complete", () => {
    expect(functionRuns.get(name)?.length).toBe(spec.params.length)
    for (const sentence of [spec.summary, ...spec.params.map(param => param.docs)])
      expect(sentence).toMatch(/^[A-Z].*[.?]$/)
    expect(spec.examples.some(example => example.gives === "missing")).toBe(spec.fallible !== null)
    expect(new Set(spec.params.map(param => param.name)).size).toBe(spec.params.length)
  })
})

test("specs and runs have the same names, which are words of the language", () => {
  expect([...functionSpecs.keys()].sort()).toEqual([...functionRuns.keys()].sort())
  expect(Object.keys(functions).sort()).toEqual([...functionRuns.keys()].sort())
  for (const name of functionSpecs.keys()) expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/)
  expect(functionSpecs.get("constructor")).toBeUndefined()
  expect(() => callFunction("constructor", [])).toThrow(RangeError)
})

test("a spec without docs or with one example does not compile", () => {
  const params = [{ name: "text", type: "text", docs: "The text." }] as const
  const examples = [
    { call: 'f("a")', gives: '"a"' },
    { call: 'f("b")', gives: '"b"' },
  ] as const
  const whole: FunctionSpec = {
    name: "f",
    summary: "Does.",
    params,
    returns: "text",
    fallible: null,
    examples,
  }
  // @ts-expect-error no summary
  const undocumented: FunctionSpec = { name: "f", params, returns: "text", fallible: null, examples }
  // @ts-expect-error a parameter without docs
  const silent: FunctionSpec = { ...whole, params: [{ name: "text", type: "text" }] }
  // @ts-expect-error one example is not enough
  const shown: FunctionSpec = { ...whole, examples: [{ call: 'f("a")', gives: '"a"' }] }
  // @ts-expect-error no word on failure
  const bold: FunctionSpec = { name: "f", summary: "Does.", params, returns: "text", examples }
  expect([undocumented, silent, shown, bold]).toHaveLength(4)
})

const text = fc.string({ unit: fc.constantFrom("a", "B", "é", "👍", " ", "$", "&"), maxLength: 12 })
const count = fc.bigInt({ min: -3n, max: 15n })

test("text functions count code points and never cut one", () => {
  fc.assert(
    fc.property(text, count, count, text, (t, from, to, fill) => {
      const points = [...t]
      const clamp = (n: bigint) => Math.max(0, Number(n))
      expect(functions.length(t)).toBe(BigInt(points.length))
      expect(functions.truncate(t, to)).toBe(points.slice(0, clamp(to)).join(""))
      expect(functions.slice(t, from, to)).toBe(points.slice(clamp(from), clamp(to)).join(""))
      const padded = functions.pad_start(t, to, fill)
      expect(padded.endsWith(t)).toBe(true)
      expect([...padded].length).toBe(
        [...fill].length === 0 ? points.length : Math.max(points.length, clamp(to)),
      )
      expect(functions.pad_end(t, to, fill).startsWith(t)).toBe(true)
      expect(functions.replace(t, fill, "-")).toBe(fill === "" ? t : t.replaceAll(fill, () => "-"))
    }),
    { numRuns: 2_000 },
  )
})

test("a huge length pads to 10,000, it does not exhaust memory", () => {
  expect(functions.pad_start("x", 10n ** 30n, "ab").length).toBe(10_000)
})
