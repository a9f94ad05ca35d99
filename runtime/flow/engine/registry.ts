// The flows an engine knows, by name and version. Flows in: flow values. Flows out: which version takes new events, which one finishes old
// ones.
import { NotPossible } from "../port/failures.ts"
import type { Flow } from "../port/flow.ts"

export interface Registry {
  readonly all: readonly Flow[]
  /** The one that takes new events: the last of its name. */
  current(name: string): Flow
  version(name: string, version: string): Flow | undefined
  versions(name: string): readonly string[]
}

export function registryOf(flows: readonly Flow[]): Registry {
  const byName = new Map<string, Flow[]>()
  for (const flow of flows) byName.set(flow.name, [...(byName.get(flow.name) ?? []), flow])
  for (const [name, versions] of byName) {
    const twice = versions.find(
      (flow, index) => versions.findIndex(one => one.version === flow.version) !== index,
    )
    if (twice !== undefined)
      throw new NotPossible("FM8509", `Flow ${name} is given twice in version ${twice.version}`)
  }
  return {
    all: flows,
    current(name) {
      const flow = byName.get(name)?.at(-1)
      if (flow === undefined) throw new NotPossible("FM8108", `There is no flow ${name}`)
      return flow
    },
    version: (name, version) => byName.get(name)?.find(flow => flow.version === version),
    versions: name => (byName.get(name) ?? []).map(flow => flow.version),
  }
}
