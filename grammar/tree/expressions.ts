// Expressions as written. `else` is looser than every operator and stands only where a value may end
// (language-decisions 7); conditions never carry one at their top.
import type { Name, Path, Span } from "./common.ts"
import type { Statement } from "./statements.ts"

export type Expression =
  | NumberLiteral | MoneyLiteral | PercentLiteral | DateLiteral | InstantLiteral | DurationLiteral
  | TextLiteral | BooleanLiteral | MissingLiteral | EnumMemberExpression
  | NameExpression | PositionExpression | MemberExpression | IndexExpression | CallExpression
  | UnaryExpression | BinaryExpression | MembershipExpression | PresenceExpression
  | ElseExpression | ExitExpression | ParenthesizedExpression
  | MatchExpression | EachExpression | RecordExpression | ListExpression | ErrorExpression | PatternLiteral
  | GroupExpression
  | LabelledExpression
  | PreviousExpression | RunningExpression | TreeExpression
  | ShareExpression
  | PeriodOfExpression | ZonedExpression | SpreadExpression

/** `re"[A-Z]{3}"`: only an argument of `matches`. */
export interface PatternLiteral { readonly kind: "pattern"; readonly source: string; readonly span: Span }
/** `12`, `0.01`: exact, as written. */
export interface NumberLiteral { readonly kind: "number"; readonly text: string; readonly span: Span }
/** `0.01 EUR`. */
export interface MoneyLiteral { readonly kind: "money"; readonly text: string; readonly currency: Name; readonly span: Span }
/** `12.5%`: `text` is the figure without the sign of percent. */
export interface PercentLiteral { readonly kind: "percent"; readonly text: string; readonly span: Span }
/** `2026-03-31`. */
export interface DateLiteral { readonly kind: "date"; readonly text: string; readonly span: Span }
/** `2026-03-31T12:00:00Z`, with optional fraction; offset `Z` or `+01:00`. */
export interface InstantLiteral { readonly kind: "instant"; readonly text: string; readonly span: Span }
/** `500ms`, `30s`, `15min`, `2h`, `7d`. */
export interface DurationLiteral { readonly kind: "duration"; readonly text: string; readonly span: Span }
export interface BooleanLiteral { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
/** The word `missing` as a value: in a match arm, or after `else` where the target is optional. */
export interface MissingLiteral { readonly kind: "missing"; readonly span: Span }
/** `.Booked`. */
export interface EnumMemberExpression { readonly kind: "enumMember"; readonly name: Name; readonly span: Span }

/** `"SF-{opp.Id}"`. A text without holes has one part. Escapes are already undone in `text`. */
export interface TextLiteral { readonly kind: "text"; readonly parts: readonly TextPart[]; readonly span: Span }
export type TextPart =
  | { readonly kind: "chars"; readonly text: string; readonly span: Span }
  | { readonly kind: "hole"; readonly path: Path; readonly format: { readonly text: string; readonly span: Span } | null; readonly span: Span }

export interface NameExpression { readonly kind: "name"; readonly name: Name; readonly span: Span }
/** `position of line`: the number of the row `line` is in, where loops nest. A plain `position` is a name: that of the innermost loop. */
export interface PositionExpression { readonly kind: "position"; readonly of: Name; readonly span: Span }
export interface MemberExpression { readonly kind: "member"; readonly object: Expression; readonly name: Name; readonly span: Span }
/** `currencies[code]`: reading a key of a dictionary. */
export interface IndexExpression { readonly kind: "index"; readonly object: Expression; readonly index: Expression; readonly span: Span }

/** A built-in, an aggregate, a crosswalk. `sum(x.a * x.b for x in xs where C)` carries `generator`. */
export interface CallExpression {
  readonly kind: "call"
  readonly callee: Name
  readonly arguments: readonly Expression[]
  readonly generator: { readonly generators: readonly Generator[]; readonly where: Expression | null } | null
  /** `Account(x) as of opp.CloseDate`. */
  readonly asOf: AsOf | null
  readonly span: Span
}
/** `before`: where the call without it ends. */
export interface AsOf { readonly day: Expression; readonly before: number; readonly span: Span }

/** `xs as x` (each) or `x in xs` (aggregates). */
export interface Generator {
  readonly source: Expression
  readonly binder: Name
  readonly join?: JoinClause
  readonly span: Span
}
/** `on p.sku == x.sku one on conflict last else hold NO_PRICE`, after `join prices as p`. */
export interface JoinClause {
  readonly on: Expression
  readonly matches: "one" | "optional" | "many"
  /** What several matches mean where one is wanted. */
  readonly conflict: "first" | "last" | ExitExpression | null
  /** What no match means, and several where `conflict` does not say. */
  readonly otherwise: ExitExpression | null
  readonly span: Span
}

export interface UnaryExpression { readonly kind: "unary"; readonly operator: "-" | "not"; readonly operand: Expression; readonly span: Span }
export type BinaryOperator = "+" | "-" | "*" | "/" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "and" | "or"
export interface BinaryExpression {
  readonly kind: "binary"
  readonly operator: BinaryOperator
  readonly operatorSpan: Span
  readonly left: Expression
  readonly right: Expression
  readonly span: Span
}
/** `x in "4000".."4999"` (closed range) or `x in [.A, .B]`. `not in` sets `negated`. */
export interface MembershipExpression {
  readonly kind: "membership"
  readonly operand: Expression
  readonly negated: boolean
  readonly set: { readonly kind: "range"; readonly low: Expression; readonly high: Expression } | { readonly kind: "list"; readonly list: Expression }
  readonly span: Span
}
/** `x is present`, `x is missing`. */
export interface PresenceExpression { readonly kind: "presence"; readonly operand: Expression; readonly present: boolean; readonly span: Span }

/** `value else handler else handler`: nested to the left, one handler each. */
export interface ElseExpression {
  readonly kind: "else"
  readonly value: Expression
  /** Where the word `else` stands. */
  readonly elseSpan: Span
  readonly handler: Expression
  readonly span: Span
}

/** A way out: `reject CODE "…"`, `hold CODE "…"`, `warn CODE "…"`, `skip row CODE`, `omit`, `clear`, `equally`. Only after `else`, `->` and `unmapped`. */
export interface ExitExpression {
  readonly kind: "exit"
  readonly verb: "reject" | "hold" | "warn" | "skip row" | "omit" | "clear" | "equally"
  /** Null only for `omit`, `clear` and `equally`. */
  readonly code: Name | null
  readonly message: TextLiteral | null
  readonly span: Span
}

export interface ParenthesizedExpression { readonly kind: "parenthesized"; readonly inner: Expression; readonly span: Span }

/** `match x { … }` or, without subject, `match { C1 -> A, otherwise -> B }`. */
export interface MatchExpression {
  readonly kind: "match"
  readonly subject: Expression | null
  readonly arms: readonly MatchArm[]
  readonly span: Span
}
export interface MatchArm {
  readonly docs: readonly string[]
  readonly patterns: readonly Pattern[]
  readonly result: Expression
  readonly because: TextLiteral | null
  readonly span: Span
}
export type Pattern =
  | { readonly kind: "otherwise"; readonly span: Span }
  | { readonly kind: "missing"; readonly span: Span }
  /** `present as v`. */
  | { readonly kind: "present"; readonly binder: Name | null; readonly span: Span }
  /** `Account as a`: a record of that kind of a union. A bare name is a `value`. */
  | { readonly kind: "member"; readonly name: Name; readonly binder: Name; readonly span: Span }
  /** A bare enum member, `"Closed Won"`, a number, date or boolean; in a match without subject any condition. */
  | { readonly kind: "value"; readonly expression: Expression; readonly span: Span }
  /** `0..9`, `"4000".."4999"`: closed. */
  | { readonly kind: "range"; readonly low: Expression; readonly high: Expression; readonly span: Span }

/** `each xs as x, x.ys as y where C sort by K { … }`; in a list literal `each xs as x EXPR` too. */
export interface EachExpression {
  readonly kind: "each"
  readonly generators: readonly Generator[]
  readonly where: Expression | null
  readonly sort: readonly SortKey[]
  readonly body: Expression
  readonly span: Span
}
export interface SortKey { readonly key: Expression; readonly descending: boolean; readonly span: Span }

/** `{ f = …, let …, check …, leave … }`: the same statements as the body of a map. */
export interface RecordExpression { readonly kind: "record"; readonly statements: readonly Statement[]; readonly span: Span
  /** Of a map with several targets: what the record is called in its statements. */
  readonly target?: Name }
/** `[ {…}, {…} when C, each A as a {…} ]`. */
export interface ListExpression { readonly kind: "list"; readonly elements: readonly ListElement[]; readonly span: Span }
export interface ListElement { readonly value: Expression; readonly when: Expression | null; readonly span: Span }

/** `share of TOTAL by WEIGHT within line remainder to largest_fraction`. */
export interface ShareExpression {
  readonly kind: "share"
  readonly total: Expression
  readonly weight: Expression
  /** The loop whose rows divide the total; null: the innermost. */
  readonly within: Name | null
  readonly remainder: Name
  readonly span: Span
}

/** What recovery left behind; later phases stay silent about it. */
export interface ErrorExpression { readonly kind: "error"; readonly span: Span }

/** `group xs as x where C by p = EXPR, x.account as g sort by K { … }`. */
export interface GroupExpression {
  readonly kind: "group"
  readonly generators: readonly Generator[]
  readonly where: Expression | null
  readonly keys: readonly GroupKey[]
  readonly binder: Name
  readonly sort: readonly SortKey[]
  readonly body: Expression
  readonly span: Span
}
/** Without a name of its own a key is called as the last member of its path. */
export interface GroupKey { readonly name: Name | null; readonly value: Expression; readonly span: Span }

/** `rate: A then B` and `step: 0.05`: an argument that says what it is. Only `convert` and `round` take one. */
export interface LabelledExpression {
  readonly kind: "labelled"
  readonly label: Name
  readonly value: Expression
  /** A second rate. */
  readonly then: Expression | null
  readonly span: Span
}
/** `previous line.amount`, `previous closing`: of the row before, in the order of the rows. */
export interface PreviousExpression { readonly kind: "previous"; readonly path: Path; readonly span: Span }
/** `running sum(line.amount)`: over the rows up to this one. */
export interface RunningExpression { readonly kind: "running"; readonly operation: Name; readonly value: Expression; readonly span: Span }

/** `period of opp.CloseDate in Corp`, `open period of …`, `next open period of …`. */
export interface PeriodOfExpression {
  readonly kind: "periodOf"
  readonly which: "any" | "open" | "next open"
  readonly date: Expression
  readonly calendar: Name
  readonly span: Span
}

/** `tree xs as x where C by x.parent to x.id as n { … }`: `by` the key of the row above, `to` the key of the row itself. */
export interface TreeExpression {
  readonly kind: "tree"
  readonly rows: Generator
  readonly where: Expression | null
  readonly parent: Expression
  readonly key: Expression
  readonly binder: Name
  readonly body: Expression
  readonly span: Span
}

/** `date of at in "Europe/Berlin"`, `datetime of …`, `instant of local in "…" earlier`. */
export interface ZonedExpression {
  readonly kind: "zoned"
  readonly gives: "date" | "datetime" | "instant"
  readonly of: Expression
  readonly zone: TextLiteral
  /** What a local time means that the clock skips or repeats; null: nothing. */
  readonly policy: "earlier" | "later" | null
  readonly span: Span
}

/** `each spread TOTAL over periods of S to E inclusive in Corp by days remainder to last as s { … }`. */
export interface SpreadExpression {
  readonly kind: "spread"
  readonly total: Expression
  readonly from: Expression
  readonly to: Expression
  readonly inclusive: boolean
  readonly calendar: Name
  readonly by: Name
  readonly remainder: Name
  readonly binder: Name
  readonly body: Expression
  readonly span: Span
}
