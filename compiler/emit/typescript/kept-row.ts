// A row that is kept as one value, to be read again later: put into a group, found by a join. Flows in: the variables of the row. Flows out:
// the value to keep, its type, and the row as it is read back from a local.
import type { VariableId } from "../../plan/index.ts"
import { capture, nothingCaptured } from "./captured.ts"
import { BrokenPlan } from "./context.ts"
import { type Flow, type Operand, operandType, type RecordOperand } from "./flow.ts"
import { name, named, object } from "./javascript/build.ts"
import type { Js, TsMember, TsType } from "./javascript/nodes.ts"

export interface KeptRow {
  /** What is kept of it. */
  readonly value: Js
  readonly type: TsType
  readonly open: (of: string) => Operand
}

/** What later expressions read of a row: the row of the one generator, or a record of the rows of all. */
export function keptRow(
  row: Flow,
  variables: readonly VariableId[],
  members: readonly string[] | null,
  hint: string,
): KeptRow {
  const operands = variables.map(id => {
    const operand = row.variables.get(id)
    if (operand === undefined) throw new BrokenPlan("A row that was not bound.")
    return operand
  })
  const [only] = operands
  if (members === null && only?.kind === "value") {
    // A row already made is an object of its own.
    const bare = { ...only, wire: null, written: null }
    return { value: only.js, type: operandType(row, only), open: of => ({ ...bare, js: name(of) }) }
  }
  const captured = nothingCaptured()
  const backs = operands.map(operand => capture(row, captured, operand))
  const type = declaredType(row, `${hint}Row`, captured.types)
  const value = object(captured.members, false)
  const open = members === null ? backs[0] : recordOf(members, backs)
  if (open === undefined) throw new BrokenPlan("A row of nothing.")
  return { value, type, open }
}

function recordOf(
  names: readonly string[],
  backs: readonly ((of: string) => Operand)[],
): (of: string) => RecordOperand {
  return of => ({
    kind: "record",
    shape: "",
    names,
    container: null,
    missing: false,
    members: key => {
      const back = backs[names.indexOf(key)]
      if (back === undefined) throw new BrokenPlan(`A row has no member ${JSON.stringify(key)}.`)
      return back(of)
    },
  })
}

/** A type with a name of its own: it is said several times. */
export function declaredType(flow: Flow, hint: string, members: readonly TsMember[]): TsType {
  const id = flow.module.names.fresh(hint.charAt(0).toUpperCase() + hint.slice(1))
  flow.module.collected.functions.push({
    kind: "interface",
    name: id,
    docs: "",
    exported: false,
    members,
    at: null,
  })
  return named(id)
}
