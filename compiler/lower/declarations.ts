// Systems and enums of the Plan. Flows in: bound declarations. Flows out: their plain data.
import type { Place } from "@fmap/grammar"
import type { At, PlanEnum, PlanSystem } from "../plan/index.ts"
import type { BoundEnum, BoundSystem } from "../resolve/model.ts"
import { plain } from "./plain-text.ts"
import { allowsOf, clearedFor } from "./policies.ts"

interface Context {
  readonly at: (place: Place) => At
  readonly fileIndex: (path: string) => number
}

export function lowerSystem({ node, name, file, place }: BoundSystem, context: Context): PlanSystem {
  return {
    name,
    file: context.fileIndex(file),
    docs: node.docs.join("\n"),
    at: context.at(place),
    kind: node.systemKind?.text ?? null,
    owner: plain(node.owner),
    residency: node.residency?.text ?? null,
    limits: node.limits.map(limit => ({ count: Number(limit.count), per: limit.per.text })),
    ...(node.cleared === undefined ? {} : { cleared: clearedFor(node.cleared) }),
    ...(node.platform === undefined ? {} : { platform: node.platform.text }),
    ...allowsOf(node, file, context.at),
  }
}

export function lowerEnum({ node, name, file, place, type }: BoundEnum, context: Context): PlanEnum {
  return {
    name,
    file: context.fileIndex(file),
    docs: node.docs.join("\n"),
    at: context.at(place),
    open: type.open,
    members: type.members,
  }
}
