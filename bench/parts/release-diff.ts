// Two releases of a big project against each other: what comparing, checking and linting cost beside compiling. Flows in: how many files. Flows out: Markdown; no goal hangs on it. One file
// in ten rounds differently, all others have their statements in another order, so that each must be proved equivalent.
import { hash as digest } from "node:crypto"
import {
  analyse,
  checkRelease,
  compareMaps,
  comparing,
  cutRelease,
  emptyBook,
  emptyLock,
  lint,
  type Manifest,
  manifestHash,
  manifestPath,
  memoryHost,
  type Plan,
  type Release,
  type ReleaseCheck,
  type ReleaseState,
  readManifest,
} from "@fmap/compiler"
import { table } from "../harness/table.ts"
import type { Part } from "./part.ts"
import { fmapProject } from "./project-text.ts"

export function releaseDiffPart(files: number): Part {
  const project = fmapProject(files)
  const changed = new Map(
    [...project].map(([path, text], i) => [
      path,
      i % 10 === 0 ? text.replaceAll("half_even", "half_up") : rewritten(text),
    ]),
  )
  const start = process.cpuUsage()
  const [old, now] = [release(project), release(changed)]
  const compiled = process.cpuUsage(start)
  const then = process.cpuUsage()
  const findings = compareMaps(old, now, "standard")
  const compared = process.cpuUsage(then)
  const first = timed(() => checked(old.plan, nothing))
  const state = timed(() => released(first.value))
  const check = timed(() => checked(now.plan, state.value))
  const governed = timed(() => lint(now.plan, { today, policy: null }))
  const count = (rule: string): number => findings.filter(one => one.rule === rule).length
  return {
    markdown: [
      `### Two releases of ${old.plan.maps.length} maps and ${old.plan.shapes.filter(({ kind }) => kind === "contract").length} contracts`,
      table(
        ["", "seconds of processor time"],
        [
          ["compile both", seconds(compiled)],
          ["compare what their maps do", seconds(compared)],
          ["check the second for a release, against the lock and the manifests of the first", check.time],
          ["the same where nothing was released", first.time],
          ["cut the first", state.time],
          ["hold the second to the bundle `standard`", governed.time],
        ],
      ),
      `${count("M001")} maps proved equivalent, ${count("M004")} roundings found; of the check ${check.value.changes.length} findings for ${check.value.subjects.length} things, of lint ${governed.value.kind === "judged" ? governed.value.findings.length : 0}.`,
    ].join("\n\n"),
    ratios: new Map(),
  }
}

/** As the command line has it. */
const hash = (text: string): string => digest("sha256", text)
const today = "2026-11-28"
const nothing: ReleaseState = {
  lock: emptyLock,
  book: emptyBook,
  changelog: null,
  manifestOf: () => ({ problem: "nothing was released" }),
  manifestHashOf: () => null,
  strays: [],
  hash,
}

function checked(plan: Plan, state: ReleaseState): ReleaseCheck {
  return checkRelease({
    plan,
    state,
    project: null,
    today,
    compare: comparing({ today, maps: "standard", textOf: () => undefined, records: null }),
    shown: { lock: "lock", project: "package.json", changelog: "CHANGELOG.md", approval: () => "approvals" },
  })
}

/** What is left behind when all of it is released; manifests are read from their texts, as from files. */
function released(check: ReleaseCheck): ReleaseState {
  const cut = cutRelease(check, nothing, today, null)
  if (cut === null) throw new Error("nothing was cut")
  const texts = new Map(cut.manifests.map(({ path, text }) => [path, text]))
  const read = new Map<string, Manifest>()
  return {
    ...nothing,
    lock: cut.lock,
    changelog: cut.changelog,
    manifestHashOf: one => manifestHash(texts.get(manifestPath(one)) ?? "", hash),
    manifestOf: one => {
      const path = manifestPath(one)
      const known = read.get(path)
      if (known !== undefined) return { manifest: known }
      const reading = readManifest(texts.get(path) ?? "", path)
      if ("manifest" in reading) read.set(path, reading.manifest)
      return reading
    },
  }
}

function timed<T>(work: () => T): { readonly value: T; readonly time: string } {
  const start = process.cpuUsage()
  const value = work()
  return { value, time: seconds(process.cpuUsage(start)) }
}

function release(files: ReadonlyMap<string, string>): Release {
  const { plan, diagnostics } = analyse(memoryHost(files), [...files.keys()])
  if (plan === null) throw new Error(diagnostics[0]?.message)
  return { plan, textOf: path => files.get(path), rows: new Map() }
}

/** The sides of products change places. */
function rewritten(text: string): string {
  return text.replaceAll(/round\(([\w.]+) \* ([\w.]+),/gu, "round($2 * $1,")
}

function seconds({ user, system }: NodeJS.CpuUsage): string {
  return ((user + system) / 1_000_000).toFixed(1)
}
