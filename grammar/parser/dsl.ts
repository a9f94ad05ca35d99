// What the rule files see of the parser: Chevrotain's rule methods (protected there), the rules by name and the state of
// the one parse that is running. It must not know any rule.
import type { IToken, TokenType } from "chevrotain"
import type { Diagnostic } from "../diagnostics/diagnostic.ts"
import type { Rules } from "./rules.ts"

type Digit = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9
type Numbered<N extends string> = N | `${N}${Digit}`
export type Rule<A extends unknown[], R> = (...args: A) => R
interface Guarded {
  readonly GATE?: () => boolean
  readonly DEF: () => unknown
}
export interface Alternative<R> {
  readonly GATE?: () => boolean
  readonly ALT: () => R
  readonly IGNORE_AMBIGUITIES?: boolean
}
type Alternatives<R> =
  | Alternative<R>[]
  | { readonly DEF: Alternative<R>[]; readonly ERR_MSG?: string; readonly IGNORE_AMBIGUITIES?: boolean }

export interface Dsl
  extends Record<Numbered<"CONSUME">, (type: TokenType) => IToken>,
    Record<Numbered<"SUBRULE">, <A extends unknown[], R>(rule: Rule<A, R>, options?: { ARGS: A }) => R>,
    Record<
      Numbered<"OPTION">,
      <R>(definition: (() => R) | { readonly GATE: () => boolean; readonly DEF: () => R }) => R | undefined
    >,
    Record<Numbered<"MANY">, (definition: (() => unknown) | Guarded) => void>,
    Record<Numbered<"OR">, <R>(alternatives: Alternatives<R>) => R> {
  RULE<A extends unknown[], R>(name: string, implementation: (...args: A) => R): Rule<A, R>
  LA(ahead: number): IToken
  SKIP_TOKEN(): IToken
  exportLexerState(): number
  readonly RECORDING_PHASE: boolean
  readonly input: IToken[]
  readonly rules: Rules
  state: ParseState
}

/** Everything one parse collects. */
export interface ParseState {
  readonly file: string
  readonly text: string
  readonly diagnostics: Diagnostic[]
  readonly docs: Map<number, readonly IToken[]>
  /** Constructs open around the current token. */
  depth: number
  /** Height the tree has reached below the current statement; operator chains make it high without nesting. */
  height: number
}

/** Ends the construct being read with a diagnostic of its own; caught by recovery, never seen outside the parser. */
export class SyntaxStop extends Error {
  readonly diagnostic: Diagnostic
  constructor(found: Diagnostic) {
    super(found.message)
    this.diagnostic = found
  }
}
