// The closed set of JavaScript (and TypeScript) that fmap can emit. Nodes are plain data with the place in the `.fmap`
// they come from; only print.ts turns them into text. Names are identifiers made by names.ts, never an author's text:
// what an author wrote can stand in `string`, `member`, `object` keys and comments, which the printer escapes.
import type { At } from "../../../plan/index.ts"

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "==="
  | "!=="
  | "<"
  | "<="
  | ">"
  | ">="
  | "&&"
  | "||"

export type Js =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "bigint"; readonly value: bigint }
  | { readonly kind: "word"; readonly word: "true" | "false" | "null" | "undefined" }
  | { readonly kind: "member"; readonly of: Js; readonly key: string }
  | { readonly kind: "index"; readonly of: Js; readonly index: Js }
  | { readonly kind: "call"; readonly callee: Js; readonly arguments: readonly Js[] }
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Js; readonly right: Js }
  | { readonly kind: "unary"; readonly operator: "!" | "-" | "typeof"; readonly of: Js }
  | { readonly kind: "conditional"; readonly test: Js; readonly then: Js; readonly otherwise: Js }
  | { readonly kind: "object"; readonly members: readonly JsMember[]; readonly lines: boolean }
  | { readonly kind: "array"; readonly items: readonly Js[] }
  /** `(of as type)`. */
  | { readonly kind: "cast"; readonly of: Js; readonly type: TsType }

export interface JsMember {
  readonly key: string
  readonly value: Js
  readonly at: At | null
}

export type TsType =
  /** A keyword or a name of this module. */
  | { readonly kind: "named"; readonly name: string; readonly arguments: readonly TsType[] }
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "typeof"; readonly name: string }
  | { readonly kind: "union"; readonly of: readonly TsType[] }
  | { readonly kind: "list"; readonly of: TsType; readonly readonly: boolean }
  | { readonly kind: "dictionary"; readonly of: TsType }
  | { readonly kind: "shape"; readonly members: readonly TsMember[] }

export interface TsMember {
  readonly key: string
  readonly type: TsType
  readonly optional: boolean
  readonly docs: string
  readonly at: At | null
}

export type JsStatement =
  | {
      readonly kind: "const" | "let"
      readonly name: string
      readonly type: TsType | null
      readonly value: Js | null
      readonly at: At | null
    }
  | {
      readonly kind: "assign"
      readonly target: Js
      readonly operator: "=" | "+="
      readonly value: Js
      readonly at: At | null
    }
  | { readonly kind: "run"; readonly value: Js; readonly at: At | null }
  | {
      readonly kind: "if"
      readonly test: Js
      readonly then: readonly JsStatement[]
      readonly otherwise: readonly JsStatement[]
      readonly at: At | null
    }
  /** `for (let index = 0; index < limit; index++)`. */
  | {
      readonly kind: "loop"
      readonly label: string | null
      readonly index: string
      readonly limit: Js
      readonly body: readonly JsStatement[]
      readonly at: At | null
    }
  | {
      readonly kind: "block"
      readonly label: string
      readonly body: readonly JsStatement[]
      readonly at: At | null
    }
  | {
      readonly kind: "switch"
      readonly subject: Js
      readonly cases: readonly JsCase[]
      readonly at: At | null
    }
  | { readonly kind: "break" | "continue"; readonly label: string | null }
  | { readonly kind: "return"; readonly value: Js | null; readonly at: At | null }
  | { readonly kind: "comment"; readonly text: string }
  /** A function inside of one: an arrow, which sees what was proved of the constants around it. */
  | {
      readonly kind: "inner"
      readonly name: string
      readonly parameters: readonly JsParameter[]
      readonly returns: TsType
      readonly body: readonly JsStatement[]
      readonly at: At | null
    }

/** Empty `tests`: the default. A body without an end of its own gets a `break`. */
export interface JsCase {
  readonly tests: readonly Js[]
  readonly body: readonly JsStatement[]
}

export type JsDeclaration =
  | {
      readonly kind: "import"
      readonly from: string
      readonly names: readonly JsImport[]
      readonly typeOnly: boolean
    }
  | {
      readonly kind: "interface"
      readonly name: string
      readonly docs: string
      readonly exported: boolean
      readonly members: readonly TsMember[]
      readonly at: At | null
    }
  | {
      readonly kind: "alias"
      readonly name: string
      readonly docs: string
      readonly exported: boolean
      readonly type: TsType
      readonly at: At | null
    }
  | {
      readonly kind: "function"
      readonly name: string
      readonly docs: string
      readonly exported: boolean
      readonly parameters: readonly JsParameter[]
      readonly returns: TsType
      readonly body: readonly JsStatement[]
      readonly at: At | null
    }
  | {
      readonly kind: "value"
      readonly name: string
      readonly docs: string
      readonly exported: boolean
      readonly type: TsType | null
      readonly value: Js
      readonly at: At | null
    }
  | { readonly kind: "heading"; readonly text: string }

export interface JsImport {
  readonly name: string
  /** The local name. */
  readonly as: string
}
export interface JsParameter {
  readonly name: string
  readonly type: TsType
}
