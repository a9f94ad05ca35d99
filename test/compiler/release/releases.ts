// Releases in memory, for tests. Flows in: texts of a project. Flows out: what a cut of it leaves behind, and checks of later texts against that.
import {
  type Compare,
  checkRelease,
  comparing,
  cutRelease,
  emptyBook,
  emptyLock,
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
}

export interface Later {
  readonly inputs?: readonly RecordedInput[]
  readonly maps?: "strict" | "standard" | "relaxed"
}

export function checked(
  text: string,
  state: ReleaseState = nothing,
  { inputs = [], maps = "standard" }: Later = {},
): ReleaseCheck {
  const compare: Compare = comparing({
    today,
    maps,
    textOf: () => text,
    records: {
      inputs: map => inputs.filter(one => one.map === map),
      reference: () => ({ crosswalks: new Map(), calendars: new Map() }),
      tolerance: "0",
    },
  })
  return checkRelease({
    plan: planOf({ "main.fmap": text }),
    state,
    project: null,
    today,
    compare,
    textOf: () => text,
    shown: {
      lock: "lock",
      project: "package.json",
      changelog: "CHANGELOG.md",
      approval: () => "approvals:1:1",
    },
  })
}

/** What is left behind when all of it is released. */
export function released(text: string, before: ReleaseState = nothing): ReleaseState {
  const check = checked(text, before)
  const stopping = check.changes.filter(stopsRelease).map(({ finding }) => finding.message)
  const cut = stopping.length === 0 ? cutRelease(check, before, today, null) : null
  if (cut === null) throw new Error(stopping.join("\n") || "nothing was cut")
  const texts = new Map(cut.manifests.map(({ path, text: manifest }) => [path, manifest]))
  return {
    lock: cut.lock,
    book: cut.book,
    changelog: cut.changelog,
    manifestOf: release => {
      const own = texts.get(manifestPath(release))
      return own === undefined ? before.manifestOf(release) : readManifest(own, manifestPath(release))
    },
  }
}
