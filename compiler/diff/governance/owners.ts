// L008: owners, contacts and consumers that are gone. Flows in: both sides. Flows out: facts; what is gone altogether needs no owner.
import type { At } from "../../plan/index.ts"
import type { Sides } from "./compare-governance.ts"
import { type LineageFacts, shownPlace } from "./lineage-finding.ts"

interface Answered {
  readonly kind: string
  readonly id: string
  readonly name: string
  readonly owner: string | null
  readonly contact: string | null
  readonly at: At
}

export function ownerChanges({ old, now }: Sides): readonly LineageFacts[] {
  const after = new Map(answeredIn(now).map(one => [`${one.kind} ${one.id}`, one]))
  return answeredIn(old).flatMap((was): readonly LineageFacts[] => {
    const is = after.get(`${was.kind} ${was.id}`)
    const gone = (what: string, who: string, message: string): LineageFacts => ({
      rule: "L008",
      subject: was.id,
      old: who,
      new: null,
      about: what,
      message,
      oldAt: shownPlace(was.at, old.plan),
      newAt: shownPlace(is?.at, now.plan),
    })
    if (is === undefined)
      return was.kind === "consumer"
        ? [gone("consumer", was.name, `The consumer ${was.name} is no longer declared.`)]
        : []
    return (["owner", "contact"] as const).flatMap(what => {
      const who = was[what]
      return who === null || is[what] !== null
        ? []
        : [gone(what, who, `The ${was.kind} ${was.name} has no ${what} any more; it was ${who}.`)]
    })
  })
}

function answeredIn({ contracts, maps, crosswalks, systems, plan }: Sides["old"]): readonly Answered[] {
  const none = { contact: null }
  return [
    ...contracts.map(({ id, name, at, declared }) => ({
      ...none,
      kind: "contract",
      id,
      name,
      at,
      owner: declared.contract?.owner ?? null,
    })),
    ...maps.map(({ id, name, at, declared }) => ({
      ...none,
      kind: "map",
      id,
      name,
      at,
      owner: declared.owner,
    })),
    ...crosswalks.map(({ id, name, at, declared }) => ({
      ...none,
      kind: "crosswalk",
      id,
      name,
      at,
      owner: declared.owner,
    })),
    ...systems.map(({ id, name, at, declared }) => ({
      ...none,
      kind: "system",
      id,
      name,
      at,
      owner: declared.owner,
    })),
    ...(plan.flows ?? []).map(({ name, at, owner }) => ({
      ...none,
      kind: "flow",
      id: name,
      name,
      at,
      owner,
    })),
    ...(plan.consumers ?? []).map(({ name, at, owner, contact }) => ({
      kind: "consumer",
      id: name,
      name,
      at,
      owner,
      contact,
    })),
  ]
}
