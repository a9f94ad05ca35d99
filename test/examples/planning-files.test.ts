// What the planning systems of the long example are sent, byte by byte: `npx vitest run test/examples/planning-files -u` accepts what changed. Each file is
// read by a reader that is not ours: CSV by csv-parse, XML by saxes.
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import { SaxesParser } from "saxes"
import { beforeAll, describe, expect, test } from "vitest"
import { exampleRuns } from "./example-runs.ts"

const { fmap, ran } = exampleRuns("closed-won-to-forecast")
let facts = ""
beforeAll(async () => {
  const actuals = await ran(
    "NetSuiteActuals",
    ...["--source", "line=samples/netsuite/gl-lines.ndjson"],
    ...["--source", "chart=samples/netsuite/accounts.json"],
  )
  facts = (await ran("TranslateActuals", actuals.file, "--given", "planVersion=Actual")).file
})

describe("Anaplan", () => {
  test("the list of accounts: every parent stands before its children, and is one of them", async () => {
    const { code, out } = await fmap("run", "MembersToAnaplan", "samples/plan/chart.json")
    expect(code).toBe(0)
    await expect(out).toMatchFileSnapshot("goldens/planning/anaplan-accounts.csv")
    const rows: readonly Record<string, string>[] = parse(out, { columns: true })
    for (const [i, { Parent }] of rows.entries())
      if (Parent !== "") expect(rows.slice(0, i).map(row => row["Item Name"])).toContain(Parent)
  })

  test("the cells of a month, in the columns of the import", async () => {
    const { code, out } = await fmap("run", "FactToAnaplan", facts)
    expect(code).toBe(0)
    await expect(out).toMatchFileSnapshot("goldens/planning/anaplan-actuals.csv")
    const rows: readonly Record<string, string>[] = parse(out, { columns: true })
    expect(new Set(rows.map(row => row["Key"])).size).toBe(rows.length)
    for (const { Time, Amount } of rows)
      expect([Time, Amount]).toEqual(["Mar 26", expect.stringMatching(/^-?\d+\.\d\d$/u)])
  })
})

describe("Adaptive", () => {
  const words = (file: string) => [
    ...["run", "FactsToAdaptive", "--given", "month=2026-03"],
    ...["--source", "plan=samples/plan/versions.ndjson", "--source", `facts=${file}`],
  ]

  test("one call of importStandardData: as many cells a row as the header has, and no credentials", async () => {
    const { code, out } = await fmap(...words(facts))
    expect(code).toBe(0)
    await expect(out).toMatchFileSnapshot("goldens/planning/adaptive-import.xml")
    const texts = textsOf(out)
    const columns = texts.get("header")?.[0]?.split("|")
    expect(columns?.at(-1)).toBe("03/2026")
    expect(texts.get("row")).toHaveLength(10)
    for (const row of texts.get("row") ?? []) expect(row.split("|")).toHaveLength(columns?.length ?? 0)
    expect([...texts.keys()]).not.toContain("credentials")
  })

  test("the same facts make the same call, in whatever order they come", async () => {
    const turned = join(mkdtempSync(join(tmpdir(), "fmap-planning-")), "facts.ndjson")
    writeFileSync(turned, readFileSync(facts, "utf8").trimEnd().split("\n").reverse().join("\n"))
    expect((await fmap(...words(turned))).out).toBe((await fmap(...words(facts))).out)
  })
})

/** The texts of the elements of a document, by their names. */
function textsOf(document: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const open: { readonly name: string; text: string }[] = []
  const parser = new SaxesParser()
  parser.on("error", error => {
    throw error
  })
  parser.on("opentag", tag => open.push({ name: tag.name, text: "" }))
  parser.on("text", text => {
    const last = open.at(-1)
    if (last !== undefined) last.text += text
  })
  parser.on("closetag", () => {
    const { name, text } = open.pop() ?? { name: "", text: "" }
    found.set(name, [...(found.get(name) ?? []), text])
  })
  parser.write(document).close()
  return found
}
