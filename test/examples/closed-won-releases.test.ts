// The history that the example keeps of its releases: it holds what the sources are, every manifest is what was released, and the changelog is the one a cut writes.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { isIntact, manifestPath, readLock, readManifest } from "@fmap/compiler"
import { expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "../cli/fake-terminal.ts"

const folder = fileURLToPath(new URL("../../examples/closed-won/", import.meta.url))
const read = (file: string) => readFileSync(join(folder, file), "utf8")

async function check(...words: readonly string[]) {
  const terminal = fakeTerminal(folder)
  const code = await runCommandLine(["release", "check", "--today", "2026-04-01", ...words], terminal)
  return { code, ...terminal.written }
}

test("the sources are what was released last, and nothing is left to release", async () =>
  expect(await check()).toEqual({ code: 0, out: "", comment: "No findings.\n" }))

test("there are two releases, and every manifest holds what the lock says", () => {
  const reading = readLock(read("releases/fmap.lock.json"), "lock")
  if ("problem" in reading) throw new Error(reading.problem)
  const { releases } = reading.lock
  expect([...new Set(releases.map(({ date }) => date))].toSorted()).toEqual(["2026-01-15", "2026-03-31"])
  for (const release of releases) {
    const path = manifestPath(release)
    const manifest = readManifest(read(`releases/${path}`), path)
    if ("problem" in manifest) throw new Error(manifest.problem)
    expect([path, manifest.manifest.content]).toEqual([path, release.content])
    expect(isIntact(manifest.manifest), path).toBe(true)
    expect(read("CHANGELOG.md")).toContain(`${release.kind} ${release.name} ${release.version}`)
  }
})

test("the recorded deals run through the map", async () => {
  const { code, out } = await check("--payloads", "recorded")
  expect([code, out]).toEqual([0, ""])
})
