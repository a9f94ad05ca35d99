// The project as it stands against every release of it that is supported. Flows in: where, and how strict to be. Flows out: findings, each said of one earlier version, with the version each
// pair deserves; or plain sentences why it cannot start. Nothing here stands in the way of anything: `release check` judges.
import {
  type ChangedSubject,
  type ChangeFinding,
  comparing,
  isIntact,
  isReleased,
  judge,
  manifestsOf,
  releaseSubjects,
  shownName,
  type Verdict,
} from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { analyseProject } from "../project/analyse-project.ts"
import { nodeHash } from "../project/node-hash.ts"
import { openProject } from "../project/open-project.ts"
import { shownPath } from "../project/shown-path.ts"
import { recordsOfMaps } from "../release/records-of-maps.ts"
import { readReleases } from "../release/release-files.ts"
import { problem, problemsOf } from "../terminal/problem.ts"
import type { ComparedReleases, ReleaseOptions } from "./compare-releases.ts"
import { rowsOfFiles } from "./rows-of-files.ts"

export function compareWithReleased(cwd: string, options: ReleaseOptions): ComparedReleases {
  const opening = openProject(cwd, options.project, [])
  if (opening.kind === "problems") return opening
  const { opened } = opening
  const analysed = analyseProject(opened)
  const { plan } = analysed
  if (plan === null)
    return {
      kind: "problems",
      problems: [problem("FM8109", 'The project has errors; "fmap check" tells them.')],
    }
  const reading = readReleases(opened.project, shownPath(cwd, opened.project.folder))
  if (reading.kind === "problems") return reading
  const { state, places } = reading.files
  const supported = state.lock.releases.filter(({ retired }) => retired === null)
  if (supported.length === 0)
    return {
      kind: "problems",
      problems: [problem("FM8303", `Nothing was released: ${places.lock} holds no release.`)],
    }
  const recorded = recordsOfMaps(opened, plan, options, cwd)
  if (recorded.kind === "problems") return recorded
  const compare = comparing({
    today: options.today ?? "",
    maps: options.maps,
    textOf: analysed.textOf,
    records: recorded.records,
  })
  const { folder } = opened.project
  const manifestOf = manifestsOf(plan, analysed.textOf, rowsOfFiles(plan, nodeHost(folder), folder), nodeHash)
  const problems: string[] = []
  const findings: ChangeFinding[] = []
  const verdicts: Verdict[] = []
  let pairs = 0
  for (const subject of releaseSubjects(plan)) {
    const earlier = supported.filter(
      one => one.kind === subject.kind && one.name === subject.name && one.system === subject.system,
    )
    for (const release of earlier) {
      pairs++
      const now = manifestOf(subject)
      if (isReleased(now, release)) continue
      const kept = state.manifestOf(release)
      const before = "manifest" in kept ? kept.manifest : null
      const found = before !== null && isIntact(before, nodeHash) ? compare(before, now) : null
      if (found === null) {
        problems.push(
          `${shownName(subject)} cannot be compared with ${release.version}: ${"problem" in kept ? kept.problem : "its manifest is not what was released."}`,
        )
        continue
      }
      findings.push(...found.map(one => ({ ...one, subject: `${subject.name} since ${release.version}` })))
      const facts = { kind: subject.kind, name: subject.name, at: null, before: release.version }
      const changed: ChangedSubject = {
        ...facts,
        now: subject.version,
        released: false,
        least: { bump: "patch", because: "its content is another" },
        findings: found,
      }
      verdicts.push(judge(changed, new Map()).verdict)
    }
  }
  if (problems.length > 0) return { kind: "problems", problems: problemsOf("FM8302", problems) }
  return {
    kind: "compared",
    title: "Changes since every supported release",
    findings,
    verdicts,
    consumers: [],
    assumptions: `${pairs} ${pairs === 1 ? "release" : "releases"} compared, maps judged ${options.maps}`,
  }
}
