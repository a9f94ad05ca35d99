// Flows of the examples, written anew by chance: other names of records and steps, steps and routes in another order, comments between them. Each is proved to be the flow it was.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { analyse, compareFlows, memoryHost, type Release } from "@fmap/compiler"
import { type Declaration, parse } from "@fmap/grammar"
import fc from "fast-check"
import { expect, test } from "vitest"

type FlowDeclaration = Extract<Declaration, { readonly kind: "flow" }>

const root = join(import.meta.dirname, "../../../../examples")
const examples = ["order-to-cash", "actuals-to-plan"]

function filesOf(example: string): ReadonlyMap<string, string> {
  const paths = readdirSync(join(root, example), { recursive: true, encoding: "utf8" })
  const texts = paths
    .filter(path => /\.(?:fmap|csv|json)$/u.test(path) && !path.includes("node_modules"))
    .map(path => [path, readFileSync(join(root, example, path), "utf8")] as const)
  return new Map(texts)
}

function releaseOf(files: ReadonlyMap<string, string>): Release {
  const entries = [...files.keys()].filter(path => path.endsWith(".fmap"))
  const { plan, diagnostics } = analyse(memoryHost(files), entries)
  if (plan === null) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"))
  return { plan, textOf: path => files.get(path), rows: new Map() }
}

const flows = examples.flatMap(example => {
  const files = filesOf(example)
  const before = releaseOf(files)
  return [...files]
    .filter(([path]) => path.startsWith("flows/"))
    .map(([path, text]) => {
      const flow = parse(text, path).tree.declarations.find(one => one.kind === "flow")
      if (flow === undefined) throw new Error(`${path} has no flow`)
      return { example, path, text, flow, files, before }
    })
})

/** Its statements in the order of the keys, with a comment between some. */
function shuffled(text: string, { statements }: FlowDeclaration, keys: readonly number[]): string {
  const [first, last] = [statements[0], statements.at(-1)]
  if (first === undefined || last === undefined) return text
  const parts = statements.map(({ span }, i) => ({
    text: text.slice(span.start, span.end),
    key: keys[i] ?? i,
  }))
  const body = parts
    .toSorted((a, b) => a.key - b.key)
    .map(({ text: part, key }) => (key % 3 === 0 ? `// ${key}\n  ${part}` : part))
  return text.slice(0, first.span.start) + body.join("\n  ") + text.slice(last.span.end)
}

/** Names of the record and of the steps, each with the ending. */
function renamed(text: string, { trigger, statements }: FlowDeclaration, ending: string): string {
  const names = [
    trigger !== null && "name" in trigger && trigger.name !== null ? trigger.name.text : "",
    ...statements.map(one => ("name" in one && one.name !== null && one.kind !== "slo" ? one.name.text : "")),
  ]
  const header = text.indexOf("flow ")
  const body = names
    .filter(name => name !== "")
    .reduce(
      (rest, name) =>
        rest.replaceAll(new RegExp(`(?<!every |[.\\w"-])${name}(?![\\w"-])`, "gu"), `${name}${ending}`),
      text.slice(header),
    )
  return text.slice(0, header) + body
}

test.each(flows.map(one => [one.path, one] as const))("%s", (_, { path, text, flow, files, before }) => {
  const count = flow.statements.length
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { minLength: count, maxLength: count }),
      fc.stringMatching(/^[A-Z][a-z]{1,6}$/u),
      (keys, ending) => {
        const anew = renamed(shuffled(text, flow, keys), flow, ending)
        const found = compareFlows(before, releaseOf(new Map([...files, [path, anew]])), "strict")
        expect(found.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
          expect.stringMatching(/^F001 /u),
        ])
      },
    ),
    { numRuns: 12 },
  )
})
