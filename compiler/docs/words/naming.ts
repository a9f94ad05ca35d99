// What the variables of a map are called in a sentence. Flows in: a Plan map. Flows out: for each variable its name, or the expression it
// stands for where its author gave it none: the argument of a call that was written out, the subject of a match, a row without a name.
import { childrenOf, childrenOfStep } from "../../plan/children.ts"
import type {
  PlanBlock,
  PlanExpression,
  PlanGenerator,
  PlanStep,
  PlanVariable,
  VariableId,
} from "../../plan/index.ts"

export interface Naming {
  readonly nameOf: (variable: VariableId) => string
  /** Undefined: the name says it. */
  readonly standsFor: (variable: VariableId) => PlanExpression | undefined
  /** Holds the number of a row. */
  readonly isPosition: (variable: VariableId) => boolean
}

export function namingOf(variables: readonly PlanVariable[], body: PlanBlock | PlanExpression): Naming {
  const stands = new Map<VariableId, PlanExpression>()
  const positions = new Set<VariableId>()
  const nameOf = (variable: VariableId) => variables[variable]?.name ?? ""
  const isMade = (variable: VariableId) =>
    nameOf(variable) === "subject" || /^row \d+$/u.test(nameOf(variable))
  const noteGenerator = ({ variable, source }: PlanGenerator): void => {
    if (isMade(variable)) stands.set(variable, source)
  }
  const noteStep = (step: PlanStep): void => {
    if (step.kind === "control")
      for (const { generators } of step.groups?.rows ?? []) generators.forEach(noteGenerator)
    for (const { expression } of childrenOfStep(step)) note(expression)
  }
  const note = (node: PlanExpression): void => {
    if (node.kind === "record") {
      node.block.steps.forEach(noteStep)
      return
    }
    if (node.kind === "conditional" && node.bind !== null) {
      const { variable, value } = node.bind
      if (node.arms.length === 0 || isMade(variable)) stands.set(variable, value)
    }
    if (node.kind === "each" && node.position !== null) positions.add(node.position)
    if ("generators" in node) node.generators.forEach(noteGenerator)
    for (const { expression } of childrenOf(node)) note(expression)
  }
  if ("steps" in body) body.steps.forEach(noteStep)
  else note(body)
  return {
    nameOf,
    standsFor: variable => stands.get(variable),
    isPosition: variable => positions.has(variable),
  }
}
