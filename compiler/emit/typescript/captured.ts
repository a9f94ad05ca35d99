// What is kept of a row that is looked at again later: sorted, or put into a group. Flows in: operands over locals. Flows out:
// members of an object that holds their values, and how each operand is read back from such an object.
import { BrokenPlan } from "./context.ts"
import { type Flow, type Operand, operandType } from "./flow.ts"
import { cast, list, member, name, named, union } from "./javascript/build.ts"
import type { JsMember, TsMember, TsType } from "./javascript/nodes.ts"
import { wireTypeOf } from "./wire-types.ts"

export interface Captured {
  readonly members: JsMember[]
  readonly types: TsMember[]
  readonly state: { count: number }
}

export function nothingCaptured(): Captured {
  return { members: [], types: [], state: { count: 0 } }
}

export function store(into: Captured, key: string, value: JsMember["value"], type: TsType): void {
  into.members.push({ key, value, at: null })
  into.types.push({ key, type, optional: false, docs: "", at: null })
}

/** What is in a local already is kept once: a field that was copied from a row is the row's own. */
function keptAs({ members }: Captured, js: JsMember["value"]): string | null {
  if (js.kind !== "name") return null
  return (
    members.find(({ key, value }) => /^c\d+$/.test(key) && value.kind === "name" && value.name === js.name)
      ?.key ?? null
  )
}

function isKept({ members }: Captured, key: string): boolean {
  return members.some(kept => kept.key === key)
}

/** Adds the values an operand needs; gives the operand as it is read from a local that holds the object. */
export function capture(flow: Flow, into: Captured, operand: Operand): (of: string) => Operand {
  const next = (): string => `c${into.state.count++}`
  switch (operand.kind) {
    case "value": {
      const key = keptAs(into, operand.js) ?? next()
      if (!isKept(into, key)) store(into, key, operand.js, operandType(flow, operand))
      const wireType = operand.wire === null ? null : wireTypeOf(flow, operand.type)
      const wire = wireType === null ? null : next()
      if (wire !== null && wireType !== null && operand.wire !== null)
        store(into, wire, operand.wire, union(wireType, named("undefined")))
      const text = operand.written === null ? null : (keptAs(into, operand.written.text) ?? next())
      if (text !== null && operand.written !== null && !isKept(into, text))
        store(into, text, operand.written.text, named("unknown"))
      // In the fast way what is never missing was written, by every branch; TypeScript cannot know of a member.
      const certain = flow.mode === "fast" && !operand.missing && !operand.clear
      const wireFrom = (of: string): JsMember["value"] | null => {
        if (wire === null || wireType === null) return null
        return certain ? cast(member(name(of), wire), wireType) : member(name(of), wire)
      }
      return of => ({
        ...operand,
        js: member(name(of), key),
        wire: wireFrom(of),
        written:
          operand.written === null || text === null
            ? null
            : { ...operand.written, text: member(name(of), text) },
      })
    }
    case "record": {
      const parts = new Map(operand.names.map(key => [key, capture(flow, into, operand.members(key))]))
      // Where it is certainly there nobody asks.
      const container =
        operand.container !== null && (operand.missing || flow.mode === "slow") ? next() : null
      if (container !== null && operand.container !== null)
        store(into, container, operand.container, named("unknown"))
      return of => ({
        ...operand,
        container: container === null ? null : member(name(of), container),
        members: key => {
          const part = parts.get(key)
          if (part === undefined) throw new BrokenPlan(`A row kept has no member ${JSON.stringify(key)}.`)
          return part(of)
        },
      })
    }
    case "rows": {
      const key = next()
      const of: TsType[] = [list(named("unknown"))]
      if (operand.missing) of.push(named("undefined"))
      if (operand.poison) of.push(flow.module.runtimeType("Poison"))
      store(into, key, operand.js, { kind: "union", of })
      // Pointers are for issues, and the fast way reports none.
      const pointer = flow.mode === "slow" ? next() : ""
      if (flow.mode === "slow") store(into, pointer, operand.place.pointer, named("string"))
      return from => ({
        ...operand,
        js: member(name(from), key),
        place:
          flow.mode === "slow" ? { ...operand.place, pointer: member(name(from), pointer) } : operand.place,
      })
    }
    case "kept": {
      const key = next()
      store(into, key, operand.js, list(operand.rowType))
      return of => ({ ...operand, js: member(name(of), key) })
    }
    case "ratio":
    case "groups":
    case "nodes":
    case "never":
      return () => operand
  }
}
