// Releases in memory, for tests. Flows in: texts of a project. Flows out: what a cut of it leaves behind, and checks of later texts against that.
import {
  type Compare,
  checkRelease,
  comparing,
  cutRelease,
  emptyBook,
  emptyLock,
  manifestHash,
  manifestPath,
  type RecordedInput,
  type ReleaseCheck,
  type ReleaseState,
  readManifest,
  stopsRelease,
} from "@fmap/compiler"
import { planOf } from "./project.ts"

export const today = "2026-11-28"

const nothing: ReleaseState = {
  lock: emptyLock,
  book: emptyBook,
  changelog: null,
  manifestOf: () => ({ problem: "nothing was released" }),
  manifestHashOf: () => null,
  strays: [],
}

export interface Later {
  readonly inputs?: readonly RecordedInput[]
  readonly maps?: "strict" | "standard" | "relaxed"
}

/** One file, or several by their paths. */
export type Sources = string | Readonly<Record<string, string>>

export function checked(
  sources: Sources,
  state: ReleaseState = nothing,
  { inputs = [], maps = "standard" }: Later = {},
): ReleaseCheck {
  const files = typeof sources === "string" ? { "main.fmap": sources } : sources
  const textOf = (path: string) => new Map(Object.entries(files)).get(path)
  const compare: Compare = comparing({
    today,
    maps,
    textOf,
    records: {
      inputs: map => inputs.filter(one => one.map === map),
      reference: () => ({ crosswalks: new Map(), calendars: new Map() }),
      tolerance: "0",
    },
  })
  return checkRelease({
    plan: planOf(files),
    state,
    project: null,
    today,
    compare,
    textOf,
    shown: {
      lock: "lock",
      project: "package.json",
      changelog: "CHANGELOG.md",
      approval: () => "approvals:1:1",
    },
  })
}

/** What is left behind when all of it is released. */
export function released(sources: Sources, before: ReleaseState = nothing): ReleaseState {
  const check = checked(sources, before)
  const stopping = check.changes.filter(stopsRelease).map(({ finding }) => finding.message)
  const cut = stopping.length === 0 ? cutRelease(check, before, today, null) : null
  if (cut === null) throw new Error(stopping.join("\n") || "nothing was cut")
  const texts = new Map(cut.manifests.map(({ path, text: manifest }) => [path, manifest]))
  return {
    lock: cut.lock,
    book: cut.book,
    changelog: cut.changelog,
    manifestHashOf: release => {
      const own = texts.get(manifestPath(release))
      return own === undefined ? before.manifestHashOf(release) : manifestHash(own)
    },
    strays: [],
    manifestOf: release => {
      const own = texts.get(manifestPath(release))
      return own === undefined ? before.manifestOf(release) : readManifest(own, manifestPath(release))
    },
  }
}
