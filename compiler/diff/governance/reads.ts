// L005 and L006: what maps read that they did not, and what nobody reads any more. Flows in: both sides. Flows out: facts, from the sets of what each map reads.
import type { ReadSet } from "../../govern/read-sets.ts"
import { paired, type Sides } from "./compare-governance.ts"
import { type LineageFacts, shownPlace } from "./lineage-finding.ts"

export function readChanges(sides: Sides): readonly LineageFacts[] {
  const { old, now } = sides
  const before = paired(old.contracts, now.contracts).flatMap(([{ id }]) => old.readSets(id))
  const known = new Set(before.map(({ map, contract, source }) => `${map}\n${contract}\n${source}`))
  const wasRead = new Set(before.flatMap(set => set.read.map(path => placed(set, path))))
  const wasThere = new Set(before.flatMap(set => [...set.read, ...set.unread].map(path => placed(set, path))))
  return paired(old.contracts, now.contracts).flatMap(([, contract]) => {
    const sets = now.readSets(contract.id)
    const more = sets
      .filter(({ map, contract: of, source }) => known.has(`${map}\n${of}\n${source}`))
      .flatMap(set =>
        set.read
          .filter(path => wasThere.has(placed(set, path)) && !wasRead.has(placed(set, path)))
          .map(
            (path): LineageFacts => ({
              rule: "L005",
              subject: set.map,
              old: null,
              new: `${contract.name}.${path}`,
              message: `${set.map} reads "${path}" of ${contract.name}, which it did not before.`,
              newAt: shownPlace(now.maps.find(({ name }) => name === set.map)?.at, now.plan),
            }),
          ),
      )
    const read = new Set(sets.flatMap(set => set.read))
    const left = before.filter(set => set.contract === contract.id).flatMap(set => set.read)
    const there = new Set(sets.flatMap(set => set.unread))
    const idle = [...new Set(left)].filter(path => !read.has(path) && there.has(path))
    return [
      ...more,
      ...idle.map(
        (path): LineageFacts => ({
          rule: "L006",
          subject: contract.id,
          path,
          old: path,
          new: null,
          message: `No map reads "${path}" of ${contract.name} any more.`,
          newAt: shownPlace(contract.at, now.plan),
        }),
      ),
    ]
  })
}

function placed({ map, source }: ReadSet, path: string): string {
  return JSON.stringify([map, source, path])
}
