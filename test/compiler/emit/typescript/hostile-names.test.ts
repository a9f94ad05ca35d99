// No name, string, comment or path of an author can become code. Every module here is run in a child with nothing but its
// own text: what comes back must be the strings that went in, and nothing else may have happened.
import { execFileSync } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Plan } from "../../../../compiler/plan/index.ts"
import * as b from "../../interpret/plan-builders.ts"
import { emitted } from "./run-emitted.ts"

const root = join(import.meta.dirname, "../../../..")
const runtime = pathToFileURL(join(root, "runtime/index.ts")).href

const hostile = [
  "plain",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "prototype",
  "default",
  "eval",
  "arguments",
  "await",
  "class",
  "undefined",
  "NaN",
  "report",
  "input",
  "done",
  "poison",
  "readText",
  "Poison",
  "Array",
  "Object",
  "BigInt",
  "functions",
  "isPoison",
  "value",
  "slowM",
  "fastM",
  "1st",
  "",
  " ",
  "a b",
  "a-b",
  "naïve",
  "日本",
  "𝒳",
  "\u202e",
  "\u2028",
  "\u2029",
  "'",
  '"',
  "`",
  "\\",
  "\n",
  "\r\n",
  "\0",
  "*/",
  "/*",
  "//",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay text
  "${process.exit(7)}",
  "</script>",
  "<!--",
  "-->",
  "*/ globalThis.pwned = 1 /*",
  '"; globalThis.pwned = 1; "',
  "'; globalThis.pwned = 1; '",
  "`; globalThis.pwned = 1; `",
  "\n globalThis.pwned = 1 //",
  "\u2028globalThis.pwned = 1",
  "]; globalThis.pwned = 1; [",
  "*\\/",
  "\\u002a/",
  "@ts-ignore",
  "sourceMappingURL=data:",
  "#",
  "a~b/c",
]

/** One map in which `texts` stand in every place an author can write. */
function planOf(pick: (place: string) => string): Plan {
  const field = pick("field")
  const wire = pick("wire")
  const second = `${field}2`
  const name = (place: string) => pick(place)
  const source = b.contract(
    "Source",
    [
      b.field(field, b.wireText(), { wireName: wire, docs: pick("docs") }),
      b.field(second, b.wireEnum([pick("member"), "other"]), { optional: true, default: null }),
    ],
    { closed: true },
    { name: name("shape"), docs: pick("shapeDocs") },
  )
  const target = b.contract(
    "Target",
    [
      b.field(field, b.wireText(), { wireName: wire, docs: pick("docs2") }),
      b.field(second, b.wireText(), { wireName: `${wire}2` }),
      b.field(`${field}3`, b.wireText(), { wireName: `${wire}3`, optional: true }),
    ],
    {},
    { name: `${name("shape")}Out` },
  )
  const first = b.member(b.variable(0, b.recordOf("Source")), field, b.text)
  const literal = pick("string")
  const crosswalk = name("crosswalk")
  const map = b.mapOf(
    source,
    target,
    {
      [field]: first,
      [second]: b.interpolation(literal, b.hole(first), literal),
      [`${field}3`]: {
        kind: "lookup",
        crosswalk,
        keys: [first],
        asOf: null,
        inverse: false,
        type: b.text,
        maybe: true,
        at: b.here,
      },
    },
    {
      name: name("map"),
      docs: pick("mapDocs"),
      per: pick("per"),
      body: {
        steps: [
          { kind: "field", field, variable: 10, value: first, at: b.here },
          { kind: "let", variable: 13, value: b.textLiteral(literal), at: b.here },
          {
            kind: "field",
            field: second,
            variable: 11,
            value: b.interpolation(literal, b.hole(first), b.hole(b.variable(13, b.text))),
            at: b.here,
          },
          {
            kind: "field",
            field: `${field}3`,
            variable: 12,
            value: {
              kind: "lookup",
              crosswalk,
              keys: [first],
              asOf: null,
              inverse: false,
              type: b.text,
              maybe: true,
              at: b.here,
            },
            at: b.here,
          },
          {
            kind: "check",
            condition: b.compare(first, "!=", b.textLiteral("refuse me")),
            exit: { verb: "reject", code: pick("code"), message: b.textLiteral(pick("message")), field },
            at: b.here,
          },
          {
            kind: "control",
            groups: null,
            masked: false,
            title: pick("title"),
            left: first,
            operator: "!=",
            right: b.textLiteral("hold me"),
            within: null,
            when: null,
            exit: {
              verb: "hold",
              code: pick("code2"),
              message: b.interpolation(pick("message"), b.hole(first)),
              field: null,
            },
            at: b.here,
          },
        ],
        fields: [
          { field, variable: 10 },
          { field: second, variable: 11 },
          { field: `${field}3`, variable: 12 },
        ],
      },
      sources: [{ name: name("source"), variable: 0, binding: b.readAll(source), at: b.here }],
      target: { name: name("target"), shape: "Target", at: b.here },
      crosswalks: [crosswalk],
      variables: Array.from({ length: 14 }, (_, i) => ({
        name: i === 13 ? pick("let") : `v${i}`,
        type: b.text,
        maybe: false,
      })),
      key: { field, onReplay: [] },
    },
  )
  return b.plan({
    files: [{ path: `${pick("file").replaceAll("/", "_") || "x"}.fmap`, sha256: "0" }],
    shapes: [source, target],
    crosswalks: [
      {
        id: crosswalk,
        name: crosswalk,
        file: 0,
        docs: pick("crosswalkDocs"),
        at: b.here,
        version: "1.0.0",
        owner: null,
        parameters: [{ name: pick("parameter"), type: b.wireText() }],
        result: b.wireText(),
        keyForm: "exact",
        bothWays: false,
        dated: false,
        unmapped: null,
        external: null,
        rows: [
          { keys: [pick("key")], from: "0001-01-01", until: "9999-12-31", value: pick("cell"), at: b.here },
        ],
      },
    ],
    maps: [map],
  })
}

interface Expected {
  readonly plan: Plan
  readonly inputs: readonly unknown[]
  readonly answers: readonly unknown[]
}

function expectedOf(plan: Plan): Expected {
  const map = plan.maps[0]!
  const source = map.sources[0]!.name
  const wire = plan.shapes[0]!.fields[0]!.wireName
  const literal = (map.body.steps[1] as { value: { value: string } }).value.value
  const row = plan.crosswalks[0]!.rows![0]!
  const check = map.body.steps[4] as { exit: { code: string; message: { value: string } } }
  const own = (key: string, value: unknown) => Object.fromEntries([[key, value]])
  const done = (value: string) => ({
    status: "done",
    value: Object.fromEntries([
      [wire, value],
      [`${wire}2`, literal + value + literal],
      ...(value === row.keys[0] ? [[`${wire}3`, row.value]] : []),
    ]),
    key: value,
    notes: [],
  })
  return {
    plan,
    inputs: [
      own(source, own(wire, "x")),
      own(source, own(wire, row.keys[0])),
      own(source, own(wire, "refuse me")),
    ],
    answers: [
      done("x"),
      done(row.keys[0]!),
      { status: "rejected", code: check.exit.code, message: check.exit.message.value },
    ],
  }
}

/** Runs many modules in one child: each answer, and whether anything else happened. */
function runAll(cases: readonly Expected[]): readonly unknown[] {
  const folder = mkdtempSync(join(tmpdir(), "fmap-hostile-"))
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }')
  cases.forEach(({ plan }, i) => {
    const js = [...emitted(plan, false)].find(([path]) => path.endsWith(".js"))
    writeFileSync(
      join(folder, `m${i}.js`),
      js![1].replaceAll('from "@fmap/runtime"', `from ${JSON.stringify(runtime)}`),
    )
  })
  writeFileSync(join(folder, "inputs.json"), JSON.stringify(cases.map(({ inputs }) => inputs)))
  writeFileSync(
    join(folder, "main.mjs"),
    `import { readFileSync } from "node:fs"
Object.freeze(Object.prototype)
const before = new Set(Reflect.ownKeys(globalThis))
const all = JSON.parse(readFileSync(new URL("inputs.json", import.meta.url), "utf8"))
const out = []
for (const [i, inputs] of all.entries()) {
  const module = await import("./m" + i + ".js")
  const names = Object.keys(module)
  const run = names.filter(name => !name.startsWith("validate") && !name.startsWith("lookup"))
  out.push({ names: names.length, answers: inputs.map(input => run.length === 1 ? module[run[0]](input) : names) })
}
const added = Reflect.ownKeys(globalThis).filter(key => !before.has(key)).map(String)
console.log(JSON.stringify({ out, added }))
`,
  )
  const text = execFileSync(
    process.execPath,
    [
      // Nothing but these files can be read, nothing written, no process or worker started: a module that needs more fails.
      "--permission",
      `--allow-fs-read=${folder}/*`,
      `--allow-fs-read=${join(root, "runtime")}/*`,
      `--allow-fs-read=${join(root, "package.json")}`,
      "--conditions=fmap-source",
      "--disable-warning=ExperimentalWarning",
      join(folder, "main.mjs"),
    ],
    { encoding: "utf8" },
  )
  const { out, added } = JSON.parse(text) as {
    out: readonly { names: number; answers: readonly Record<string, unknown>[] }[]
    added: readonly string[]
  }
  expect(added).toEqual([])
  return out.map(({ names, answers }) => ({
    names,
    answers: answers.map(answer => {
      const [issue] = (answer["issues"] ?? []) as readonly { code: string; message: string }[]
      return issue === undefined
        ? answer
        : { status: answer["status"], code: issue.code, message: issue.message }
    }),
  }))
}

function check(plans: readonly Plan[]): void {
  const cases = plans.map(expectedOf)
  // two validators, the crosswalk, the map
  // compared as JSON: what comes back from the child is
  const expected = cases.map(({ answers }) => ({
    names: 4,
    answers: JSON.parse(JSON.stringify(answers)) as unknown,
  }))
  const actual = runAll(cases)
  for (const [i, one] of actual.entries()) {
    expect(one, JSON.stringify(cases[i]!.plan.maps[0]!.name)).toEqual(expected[i])
  }
}

const places = [
  "field",
  "wire",
  "docs",
  "docs2",
  "member",
  "shape",
  "shapeDocs",
  "string",
  "crosswalk",
  "map",
  "mapDocs",
  "per",
  "code",
  "code2",
  "message",
  "title",
  "source",
  "target",
  "let",
  "file",
  "crosswalkDocs",
  "parameter",
  "key",
  "cell",
]

const usualCases = 150
/** `npm run test:injection` runs a million. */
const cases = Number(process.env["FMAP_HOSTILE_CASES"] ?? usualCases)
const atOnce = 500

describe("hostile names and strings", () => {
  test("each of them in every place", () => {
    check(
      hostile.map(text =>
        planOf(place =>
          text === "" && place !== "string" && place !== "docs" ? "e" : place === "key" ? `${text}k` : text,
        ),
      ),
    )
  })

  test("random ones, each place its own", () => {
    const text = fc.oneof(
      fc.constantFrom(...hostile.filter(one => one !== "")),
      fc.string({
        minLength: 1,
        maxLength: 12,
        unit: fc.constantFrom(..."ab1'\"`\\/*$ {}();\n\u2028<>!-#=~"),
      }),
      fc.string({ minLength: 1, maxLength: 8, unit: "grapheme" }),
    )
    const random = fc.record(Object.fromEntries(places.map(place => [place, text])))
    for (let done = 0; done < cases; done += atOnce) {
      const plans = fc.sample(random, { numRuns: Math.min(atOnce, cases - done), seed: 20260331 + done })
      check(
        plans.map(record =>
          planOf(place => (place === "key" ? `${record[place]}k` : (record[place] ?? "x"))),
        ),
      )
      if (cases > usualCases && done % 10_000 === 0) console.log(`${done + plans.length} cases, 0 broken`)
    }
  }, 86_400_000)

  test("no emitted text holds anything that could load or evaluate code", () => {
    for (const text of hostile) {
      const files = emitted(
        planOf(() => text || "e"),
        false,
      )
      const source = [...files].find(([path]) => path.endsWith(".js"))![1]
      const bare = source
        .replace(/"(?:[^"\\\n]|\\.)*"|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '""')
        .replace(/\.\w+|\b\w+:/g, "")
      expect(
        bare.match(/\b(?:eval|Function|process|globalThis|require|import\s*\(|new)\b/g),
        JSON.stringify(text),
      ).toBeNull()
      expect(source.match(/^(?:import|\}) .*$/gm)).toEqual(["import {", '} from "@fmap/runtime";'])
      expect(source.replace(/\n/g, "")).not.toMatch(/[\u0000-\u001f\u2028\u2029]/)
    }
  })
})
