// `(Name1, Name2?) = wrap(…)`: said once, checked as what it means: a `let` of the list and one assignment a field. Flows in: statements
// as written. Flows out: the same without such lines. It must not know types: `parts` and `part` judge them.
import {
  type AssignStatement,
  diagnostic,
  type ExitExpression,
  type Expression,
  type LetStatement,
  type Name,
  type PartsStatement,
  type Span,
  type Statement,
} from "@fmap/grammar"
import { type Context, place } from "./context.ts"

/** A statement that gives one field at most. */
export type WholeStatement = Exclude<Statement, PartsStatement>

export function takeApart(statements: readonly Statement[], ctx: Context): readonly WholeStatement[] {
  return statements.flatMap(statement =>
    statement.kind === "parts" ? expanded(statement, ctx) : [statement],
  )
}

function expanded(statement: PartsStatement, ctx: Context): readonly WholeStatement[] {
  const { targets, span } = statement
  const first = targets.findIndex(target => target.optional)
  const late = first === -1 ? undefined : targets.slice(first).find(target => !target.optional)
  const least = first === -1 || late !== undefined ? targets.length : first
  if (late !== undefined) {
    ctx.state.report(
      diagnostic(
        "FM4210",
        { problem: `"${late.name.text}" stands after a name that may get no text` },
        place(ctx, late.span),
        {
          label: "may get none either",
          help: `Write \`${late.name.text}?\`.`,
          edits: [{ place: place(ctx, { start: late.span.end, end: late.span.end }), text: "?" }],
        },
      ),
    )
  }
  // No author can write a name with a comma and a blank in it outside backticks.
  const list: Name = {
    text: targets.map(target => target.name.text).join(", "),
    span: { start: targets[0]?.span.start ?? span.start, end: targets.at(-1)?.span.end ?? span.end },
    quoted: true,
  }
  const binding: LetStatement = {
    kind: "let",
    docs: [],
    name: list,
    value: counted(statement.value, least, targets.length),
    span,
  }
  const fields = targets.map((target, index): AssignStatement => {
    const at = target.name.span
    const part = called("part", [{ kind: "name", name: list, span: at }, figure(index + 1, at)], at)
    // The question mark is the `else`: where it never acts, it is what to remove.
    const mark = { start: at.end, end: target.span.end }
    const optional: Expression = {
      kind: "else",
      value: part,
      elseSpan: mark,
      handler: omitted(at),
      span: target.span,
    }
    return {
      kind: "assign",
      docs: statement.docs,
      target: target.name,
      value: target.optional ? optional : part,
      because: statement.because,
      span: target.span,
    }
  })
  return [binding, ...fields]
}

/** The count belongs to the value: what stands after `else` has been chosen already. */
function counted(value: Expression, least: number, most: number): Expression {
  if (value.kind === "else") return { ...value, value: counted(value.value, least, most) }
  return called("parts", [value, figure(least, value.span), figure(most, value.span)], value.span)
}

function called(name: string, values: readonly Expression[], span: Span): Expression {
  return {
    kind: "call",
    callee: { text: name, span, quoted: false },
    arguments: values,
    generator: null,
    asOf: null,
    span,
  }
}

function figure(value: number, span: Span): Expression {
  return { kind: "number", text: String(value), span }
}

function omitted(span: Span): ExitExpression {
  return { kind: "exit", verb: "omit", code: null, message: null, span }
}
