// What a flow asks, in words, where the text of its author is not at hand: a build that was frozen has its Plan alone. Flows in: the questions of a Plan. Flows out: for each a clause or a noun phrase. Two of them differ
// where what is asked differs; names of the flow stand as they are written.
import { withoutFit } from "../docs/sheet/rule.ts"
import { type Naming, namingOf } from "../docs/words/naming.ts"
import { sayCondition } from "../docs/words/say-condition.ts"
import { sayExpression } from "../docs/words/say-expression.ts"
import { plainWords } from "../docs/words/words.ts"
import type { PlanExpression, PlanMap, VariableId } from "../plan/index.ts"

/** Stands for the record of the flow's names, and is never shown; no name has such characters, and JSON leaves them as they are. */
const scope = "\u{f0000}scope\u{f0000}"

/** Empty: there is no such question. */
export function questionWords(questions: readonly PlanMap[]): (name: string) => string {
  const known = new Map(questions.map(question => [question.name, question]))
  return name => {
    const question = known.get(name)
    return question === undefined ? "" : wordsOf(question)
  }
}

function wordsOf({ variables, body, sources }: PlanMap): string {
  const own = sources[0]?.variable
  const lets = new Map(
    body.steps.flatMap((step): readonly (readonly [VariableId, PlanExpression])[] =>
      step.kind === "let" ? [[step.variable, step.value]] : [],
    ),
  )
  const usual = namingOf(variables, body)
  const naming: Naming = {
    ...usual,
    nameOf: variable => (variable === own ? scope : usual.nameOf(variable)),
    standsFor: variable => lets.get(variable) ?? usual.standsFor(variable),
  }
  const parts = body.steps.flatMap(step => (step.kind === "field" ? [valueWords(step.value, naming)] : []))
  return parts.join(", ").replaceAll(`${scope}.`, "")
}

function valueWords(value: PlanExpression, naming: Naming): string {
  const plain = withoutFit(value)
  return plainWords(plain.type.kind === "bool" ? sayCondition(plain, naming) : sayExpression(plain, naming))
}
