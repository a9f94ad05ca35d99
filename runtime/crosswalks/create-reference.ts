// Reference data that changes while a service runs. Flows in: what the loaders gave, at the start and whenever a file is read again; flows
// out: one frozen object of all of it, swapped as a whole. A bad file changes nothing and says why. Does no I/O and knows no files.
import type { CrosswalkProblem } from "./load-crosswalk.ts"

/** A crosswalk, or whatever else a map is handed: it says which content it is. */
export interface ReferenceDatum {
  readonly snapshot: string
}

/** What `loadCrosswalk` and the other loaders give. */
export type Loaded<T extends ReferenceDatum> =
  | { readonly ok: T }
  | { readonly problems: readonly CrosswalkProblem[] }

export type ReferenceProblems<T> = { readonly [id in keyof T]?: readonly CrosswalkProblem[] }

export interface ReferenceHolder<T> {
  /** Frozen. A record that took it keeps it to its end, whatever is replaced meanwhile. */
  readonly current: T
  /** All that is given, or nothing: with one bad file `current` stays what it was. */
  replace(loaded: LoadedReference<T>): ReferenceChange<T>
}

export type LoadedReference<T> = {
  readonly [id in keyof T]?: T[id] extends ReferenceDatum ? Loaded<T[id]> : never
}

export type ReferenceChange<T> =
  /** Those whose content is another than before; none when the files say what they said. */
  { readonly changed: readonly (keyof T)[] } | { readonly problems: ReferenceProblems<T> }

/** `loaded`: everything the maps are handed. */
export function createReference<T extends { readonly [id in keyof T]: ReferenceDatum }>(
  loaded: Required<LoadedReference<T>>,
): { readonly ok: ReferenceHolder<T> } | { readonly problems: ReferenceProblems<T> } {
  const first = together<T>(loaded as LoadedReference<T>)
  if ("problems" in first) return first
  let current = Object.freeze(first.data as T)
  return {
    ok: {
      get current() {
        return current
      },
      replace: next => {
        const read = together<T>(next)
        if ("problems" in read) return read
        const given = Object.keys(read.data) as (keyof T)[]
        const changed = given.filter(id => current[id]?.snapshot !== read.data[id]?.snapshot)
        if (changed.length > 0) current = Object.freeze({ ...current, ...read.data })
        return { changed }
      },
    },
  }
}

function together<T extends { readonly [id in keyof T]: ReferenceDatum }>(
  loaded: LoadedReference<T>,
): { readonly data: Partial<T> } | { readonly problems: ReferenceProblems<T> } {
  const entries = Object.entries(loaded) as [keyof T, Loaded<T[keyof T]>][]
  const bad = entries.flatMap(([id, one]) => ("problems" in one ? [[id, one.problems] as const] : []))
  if (bad.length > 0) return { problems: Object.fromEntries(bad) as ReferenceProblems<T> }
  const good = entries.flatMap(([id, one]) => ("ok" in one ? [[id, one.ok] as const] : []))
  return { data: Object.fromEntries(good) as Partial<T> }
}
