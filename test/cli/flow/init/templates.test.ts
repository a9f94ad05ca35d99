// What `fmap flow init` writes for a system of each platform: a project that uses it in every way, the file in golden/ beside what was told, and what the connector says to it. FMAP_ACCEPT=1 writes
// the goldens: read them then.
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { nodeSecrets } from "@fmap/runtime/connectors"
import { type Places, systemWorld } from "@fmap/runtime/flow"
import { simulators } from "@fmap/runtime/simulators"
import { describe, expect, test } from "vitest"
import { runCommandLine } from "../../../../cli/command-line.ts"
import { readFlowConfig } from "../../../../cli/flow/flow-config.ts"
import { templates } from "../../../../cli/flow/init/prepare-entries.ts"
import { openSystems } from "../../../../cli/flow/open-systems.ts"
import { flowsIn } from "../../../../cli/flow/plan-flows.ts"
import { unoffered } from "../../../../cli/flow/unoffered.ts"
import { analyseProject } from "../../../../cli/project/analyse-project.ts"
import { openProject } from "../../../../cli/project/open-project.ts"
import { fakeTerminal } from "../../fake-terminal.ts"
import { folderWith, holds } from "../../folder.ts"
import { projects } from "./projects.ts"

const places: Places = { take: async () => async () => undefined }

async function initialised(source: string, words: readonly string[]) {
  const folder = folderWith({ "main.fmap": source, "fmap.json": "{}" })
  const terminal = fakeTerminal(folder)
  const code = await runCommandLine(["flow", "init", ...words], terminal)
  const { "main.fmap": _, "fmap.json": __, ...files } = holds(folder)
  return { folder, code, ...terminal.written, files }
}

describe.each(Object.entries(projects))("%s", (name, source) => {
  test.each([[[]], [["--simulated"]]])("%j", async words => {
    const { folder, code, out, comment, files } = await initialised(source, words)
    expect({ code, out }, comment).toEqual({ code: 0, out: "" })
    const texts = Object.entries(files).map(([path, text]) => `${path}:\n${text}`)
    const told = `$ fmap ${["flow", "init", ...words].join(" ")}\n\n${comment}\n${texts.join("\n")}`
    const golden = join(import.meta.dirname, "golden", `${name}${words.join("")}.txt`)
    if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, told)
    expect(existsSync(golden), "FMAP_ACCEPT=1 writes it: read it then").toBe(true)
    expect(told).toBe(readFileSync(golden, "utf8"))

    // the connectors take it, and lack nothing that flows want
    const read = readFlowConfig(folder, folder, undefined)
    if (read.kind === "problems") throw new Error(read.problems.join("\n"))
    const secrets = nodeSecrets({ environment: {} })
    const opened = await openSystems(read.config, { secrets, world: systemWorld(), places })
    if (opened.kind === "problems") throw new Error(opened.problems.join("\n"))
    const opening = openProject(folder, undefined, [])
    if (opening.kind === "problems") throw new Error(opening.problems.join("\n"))
    const { plan } = analyseProject(opening.opened)
    expect(plan === null ? "no plan" : unoffered(flowsIn(plan), opened.systems)).toEqual([])
    await opened.close()
  })
})

test("each platform has a project here", () => {
  const platforms = Object.values(projects).flatMap(source => /platform (\w+)/u.exec(source)?.[1] ?? [])
  expect([...new Set(platforms)].toSorted()).toEqual(Object.keys(templates).toSorted())
})

test("each simulator stands for a platform, and takes the state it is to begin with", async () => {
  const found = new Set<string>()
  for (const source of Object.values(projects)) {
    const { folder, comment } = await initialised(source, ["--simulated"])
    for (const [, name = "", data] of comment.matchAll(
      /npx fmap simulate (\S+) --port \d+(?: --data (\S+))?/gu,
    )) {
      found.add(name)
      if (data !== undefined) simulators[name]?.().load(JSON.parse(readFileSync(join(folder, data), "utf8")))
    }
  }
  expect([...found].toSorted()).toEqual(Object.keys(simulators).toSorted())
})
