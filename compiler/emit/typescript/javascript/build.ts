// Short constructors of the nodes: what the generator is written in. They decide nothing but trivial simplifications.
import type { At } from "../../../plan/index.ts"
import type { BinaryOperator, Js, JsMember, JsStatement, TsMember, TsType } from "./nodes.ts"

export const name = (text: string): Js => ({ kind: "name", name: text })
export const string = (value: string): Js => ({ kind: "string", value })
export const number = (value: number): Js => ({ kind: "number", value })
export const bigint = (value: bigint): Js => ({ kind: "bigint", value })
export const yes: Js = { kind: "word", word: "true" }
export const no: Js = { kind: "word", word: "false" }
export const nothing: Js = { kind: "word", word: "undefined" }
export const nil: Js = { kind: "word", word: "null" }
export const member = (of: Js, key: string): Js => ({ kind: "member", of, key })
export const index = (of: Js, at: Js): Js => ({ kind: "index", of, index: at })
export const call = (callee: string, ...values: readonly Js[]): Js => ({
  kind: "call",
  callee: name(callee),
  arguments: values,
})
export const invoke = (of: Js, key: string, ...values: readonly Js[]): Js => ({
  kind: "call",
  callee: member(of, key),
  arguments: values,
})
export const binary = (operator: BinaryOperator, left: Js, right: Js): Js => ({
  kind: "binary",
  operator,
  left,
  right,
})
export const conditional = (test: Js, then: Js, otherwise: Js): Js => ({
  kind: "conditional",
  test,
  then,
  otherwise,
})
export const object = (members: readonly JsMember[], lines = true): Js => ({ kind: "object", members, lines })
export const array = (items: readonly Js[]): Js => ({ kind: "array", items })
export const cast = (of: Js, type: TsType): Js => ({ kind: "cast", of, type })

export function not(of: Js): Js {
  if (of.kind === "word" && of.word === "true") return no
  if (of.kind === "word" && of.word === "false") return yes
  if (of.kind === "unary" && of.operator === "!") return of.of
  if (of.kind === "binary" && of.operator === "===") return binary("!==", of.left, of.right)
  if (of.kind === "binary" && of.operator === "!==") return binary("===", of.left, of.right)
  return { kind: "unary", operator: "!", of }
}
export const typeOf = (of: Js): Js => ({ kind: "unary", operator: "typeof", of })

/** Joins texts; neighbouring literals become one. */
export function concat(left: Js, right: Js): Js {
  if (left.kind === "string" && right.kind === "string") return string(left.value + right.value)
  if (right.kind === "string" && right.value === "") return left
  if (
    left.kind === "binary" &&
    left.operator === "+" &&
    left.right.kind === "string" &&
    right.kind === "string"
  ) {
    return binary("+", left.left, string(left.right.value + right.value))
  }
  return binary("+", left, right)
}
export const both = (left: Js, right: Js): Js => binary("&&", left, right)
export const either = (left: Js, right: Js): Js => binary("||", left, right)

/** Plain data as a literal. */
export function data(value: unknown): Js {
  if (value === null) return nil
  if (value === undefined) return nothing
  if (typeof value === "string") return string(value)
  if (typeof value === "number") return number(value)
  if (typeof value === "boolean") return value ? yes : no
  if (Array.isArray(value)) return array(value.map(data))
  if (typeof value === "object") {
    return object(
      Object.entries(value).map(([key, of]) => ({ key, value: data(of), at: null })),
      false,
    )
  }
  throw new TypeError("Only plain data can stand in emitted code")
}

export const constant = (
  id: string,
  value: Js | null,
  at: At | null = null,
  type: TsType | null = null,
): JsStatement => ({ kind: "const", name: id, type, value, at })
export const variable = (
  id: string,
  type: TsType | null,
  value: Js | null = null,
  at: At | null = null,
): JsStatement => ({ kind: "let", name: id, type, value, at })
export const assign = (target: Js, value: Js, at: At | null = null): JsStatement => ({
  kind: "assign",
  target,
  operator: "=",
  value,
  at,
})
export const add = (target: Js, value: Js): JsStatement => ({
  kind: "assign",
  target,
  operator: "+=",
  value,
  at: null,
})
export const run = (value: Js, at: At | null = null): JsStatement => ({ kind: "run", value, at })
export const when = (
  test: Js,
  then: readonly JsStatement[],
  otherwise: readonly JsStatement[] = [],
  at: At | null = null,
): JsStatement => ({ kind: "if", test, then, otherwise, at })
export const give = (value: Js | null, at: At | null = null): JsStatement => ({ kind: "return", value, at })
export const leave = (label: string | null): JsStatement => ({ kind: "break", label })
export const comment = (text: string): JsStatement => ({ kind: "comment", text })

export const named = (id: string, ...values: readonly TsType[]): TsType => ({
  kind: "named",
  name: id,
  arguments: values,
})
export const list = (of: TsType, isReadonly = true): TsType => ({ kind: "list", of, readonly: isReadonly })
export const shape = (members: readonly TsMember[]): TsType => ({ kind: "shape", members })
export function union(...of: readonly TsType[]): TsType {
  const kept: TsType[] = []
  const seen: string[] = []
  const keep = (type: TsType): void => {
    if (type.kind === "union") {
      for (const part of type.of) keep(part)
      return
    }
    const identity = type.kind === "named" && type.arguments.length === 0 ? type.name : JSON.stringify(type)
    if (seen.includes(identity)) return
    seen.push(identity)
    kept.push(type)
  }
  for (const type of of) keep(type)
  const [only] = kept
  return kept.length === 1 && only !== undefined ? only : { kind: "union", of: kept }
}
