// Top-level declarations and the members of their bodies.
import type { Comment, Docs, Name, Path, Span } from "./common.ts"
import type { ConsumerDeclaration } from "./consumers.ts"
import type { ExitExpression, Expression, TextLiteral } from "./expressions.ts"
import type { FlowDeclaration } from "./flows.ts"
import type { AllowClause, PolicyDeclaration } from "./policies.ts"
import type { CheckStatement, ControlStatement, Statement } from "./statements.ts"
import type { EnumMemberNode, TypeNode, WireFormNode } from "./types.ts"

/** One `.fmap` file. Declarations that could not be read at all are absent (a diagnostic was given). */
export interface FileTree {
  readonly kind: "file"
  readonly declarations: readonly Declaration[]
  readonly comments: readonly Comment[]
  readonly span: Span
}

export type Declaration =
  | ImportDeclaration | SystemDeclaration | EnumDeclaration | RecordDeclaration | ContractDeclaration
  | CrosswalkDeclaration | HierarchyDeclaration | MapDeclaration | TestDeclaration | FunctionDeclaration | CalendarDeclaration | PolicyDeclaration | ConsumerDeclaration | FlowDeclaration

/** `import { A, B as C } from "./file.fmap"`. */
export interface ImportDeclaration {
  readonly kind: "import"
  readonly docs: Docs
  readonly names: readonly { readonly name: Name; readonly alias: Name | null; readonly span: Span }[]
  readonly from: TextLiteral
  readonly span: Span
}

export interface SystemDeclaration {
  readonly kind: "system"
  readonly docs: Docs
  readonly name: Name
  /** A clause given twice is a syntax diagnostic; the first one stands. */
  readonly systemKind: Name | null
  /** `platform netsuite`: what runs there; absent: not said. */
  readonly platform?: Name
  readonly owner: TextLiteral | null
  /** `wire json(decimal: number, date: iso)`. */
  readonly wire: WireClause | null
  /** `limits 100 per second, 100000 per day`. */
  readonly limits: readonly { readonly count: string; readonly per: Name; readonly span: Span }[]
  readonly residency: Name | null
  /** `cleared for pii, confidential`: the labels its data may have; absent: not said. */
  readonly cleared?: readonly Name[]
  readonly allows?: readonly AllowClause[]
  readonly span: Span
}

/** `wire csv(delimiter: ";", decimal: comma)`. */
export interface WireClause { readonly format: Name; readonly options: readonly WireOption[]; readonly span: Span }
/** Its value is a word or a text. */
export interface WireOption { readonly name: Name; readonly value: Name | TextLiteral; readonly span: Span }

/** `enum Region { EMEA, "North America" }`, `open enum Stage { … }`. */
export interface EnumDeclaration {
  readonly kind: "enum"
  readonly docs: Docs
  readonly name: Name
  /** `enum Stage as "StageName"`: the platform's own name; absent where it is the same. */
  readonly as?: TextLiteral
  readonly open: boolean
  readonly members: readonly EnumMemberNode[]
  readonly span: Span
}

export interface Parameter { readonly name: Name; readonly type: TypeNode; readonly span: Span }

export interface RecordDeclaration {
  readonly kind: "record"
  readonly docs: Docs
  readonly name: Name
  readonly as?: TextLiteral
  readonly parameters: readonly Parameter[]
  readonly members: readonly Member[]
  readonly span: Span
}

export interface ContractDeclaration {
  readonly kind: "contract"
  readonly docs: Docs
  readonly name: Name
  readonly as?: TextLiteral
  readonly of: Name | null
  readonly version: { readonly text: string; readonly span: Span } | null
  /** `reads`, `writes`; null when neither is said (both). */
  readonly direction: { readonly word: "reads" | "writes"; readonly span: Span } | null
  readonly closed: Span | null
  /** `events unchanged when null unless in Header.nulledFields`, `events changed in Header.changedFields`. */
  readonly events: EventsClause | null
  /** `bitmaps Header.changedFields over (Header, Name, BillingAddress(Street, City))`; absent where nothing says so. */
  readonly bitmaps?: BitmapsClause
  /** `answers (id: text, tranId?: text)`. */
  readonly answers: AnswersClause | null
  readonly owner: TextLiteral | null
  readonly lifecycle: Name | null
  readonly compatible: Name | null
  /** `lifecycle deprecated sunset 2027-06-30`; absent: not said. */
  readonly sunset?: { readonly text: string; readonly span: Span }
  /** `retention 7 years`. */
  readonly retention?: RetentionClause
  /** `slo 99.5% within 15min`. */
  readonly slo?: SloClause
  readonly allows?: readonly AllowClause[]
  /** `from openapi "deal.yaml" picks`: what it was imported from; absent where nothing says so. */
  readonly from?: ContractSource
  readonly members: readonly Member[]
  readonly span: Span
}

export interface RetentionClause { readonly count: string; readonly unit: Name; readonly span: Span }
/** Of a hundred records so many are there within that time. */
export interface SloClause { readonly share: string; readonly within: string; readonly span: Span }
export interface BitmapsClause {
  /** Of texts: they may come as bitmaps. */
  readonly lists: readonly Path[]
  /** In the order of the event's schema; the first is bit 0. */
  readonly fields: readonly { readonly name: Name; readonly parts: readonly Name[]; readonly span: Span }[]
  readonly span: Span
}

export interface ContractSource {
  readonly format: Name
  readonly file: TextLiteral
  /** The contract takes only the fields it names; a re-import adds none. */
  readonly picks: Span | null
  readonly span: Span
}

/** A line in the body of a record or contract. */
export type Member = FieldDeclaration | DeriveMember | CheckStatement | ErrorMember | FieldsRule | RequireRule
export interface ErrorMember { readonly kind: "errorMember"; readonly span: Span }

export interface FieldDeclaration {
  readonly kind: "field"
  readonly docs: Docs
  readonly name: Name
  readonly optional: boolean
  readonly type: TypeNode
  readonly modifiers: readonly Modifier[]
  readonly span: Span
}

export type Modifier =
  | { readonly kind: "flag"; readonly word: "key" | "pii" | "confidential" | "clearable" | "computed" | "create only" | "write only"; readonly span: Span }
  | { readonly kind: "as"; readonly wireName: TextLiteral; readonly span: Span }
  | { readonly kind: "default"; readonly value: Expression; readonly span: Span }
  | { readonly kind: "deprecated"; readonly use: Name | null; readonly sunset: { readonly text: string; readonly span: Span } | null; readonly span: Span }
  | { readonly kind: "since"; readonly version: { readonly text: string; readonly span: Span }; readonly span: Span }
  | { readonly kind: "wire"; readonly form: WireFormNode; readonly span: Span }

/** `derive ccy: currency = currencies[transaction.currency.id].symbol else hold UNKNOWN_CURRENCY`. */
export interface DeriveMember {
  readonly kind: "derive"
  readonly docs: Docs
  readonly name: Name
  readonly type: TypeNode
  readonly value: Expression
  readonly span: Span
}

/** `exactly one of A, B`, `at most one of A, B`, `all or none of A, B`, each with an `else reject|hold CODE` of its own or without. */
export interface FieldsRule {
  readonly kind: "fieldsRule"
  readonly docs: Docs
  readonly rule: "exactly one" | "at most one" | "all or none"
  readonly fields: readonly Name[]
  readonly exit: ExitExpression | null
  readonly span: Span
}
/** `require department, class when account in "4000".."4999" else hold CODE`. */
export interface RequireRule {
  readonly kind: "require"
  readonly docs: Docs
  /** `on create require …`, `on update require …`: of what is written then. */
  readonly profile: Name | null
  readonly fields: readonly Name[]
  readonly when: Expression | null
  readonly exit: ExitExpression | null
  readonly span: Span
}

export interface CrosswalkDeclaration {
  readonly kind: "crosswalk"
  readonly docs: Docs
  readonly name: Name
  readonly parameters: readonly Parameter[]
  /** `<->` instead of `->`. */
  readonly bothWays: Span | null
  readonly result: TypeNode
  readonly version: { readonly text: string; readonly span: Span } | null
  readonly owner: TextLiteral | null
  /** `unmapped hold CODE "…"` or `unmapped VALUE`. */
  readonly unmapped: Expression | null
  /** `key folded`, `key trimmed`. */
  readonly keyForm: Name | null
  /** `effective dated`, `effective dated until next (from: "valid_from")`. */
  readonly effective: EffectiveClause | null
  /** `from csv "customers.csv" (account: "sf_id", …) where active == true`. */
  readonly from: CrosswalkSource | null
  /** `links Salesforce.Account to NetSuite.Customer`: receipts of flows are its rows; absent: not said. */
  readonly links?: LinksClause
  /** Inline rows; null when the declaration has no body. */
  readonly rows: readonly CrosswalkRow[] | null
  readonly allows?: readonly AllowClause[]
  readonly span: Span
}
export interface CrosswalkSource {
  readonly format: Name
  readonly file: TextLiteral
  readonly columns: readonly { readonly name: Name; readonly column: TextLiteral; readonly span: Span }[]
  /** `wildcard "*"`: what stands in the file for every key. */
  readonly wildcard: TextLiteral | null
  readonly where: Expression | null
  readonly span: Span
}
/** Each a contract at a system, with a field behind it or without. */
export interface LinksClause { readonly from: Path; readonly to: Path; readonly span: Span }
export interface CrosswalkRow {
  readonly keys: readonly Expression[]
  readonly value: Expression
  /** The first day and the last day it holds: `from 2025-02-01 until 2026-01-31`. */
  readonly from: Expression | null
  readonly until: Expression | null
  readonly span: Span
}
/** `hierarchy Regions(member: text(20)) version 1.0.0 levels All, Continent, Country { … }`. */
export interface HierarchyDeclaration {
  readonly kind: "hierarchy"
  readonly docs: Docs
  readonly name: Name
  /** What a member is: one, everything else is reported. */
  readonly parameters: readonly Parameter[]
  readonly version: { readonly text: string; readonly span: Span } | null
  readonly owner: TextLiteral | null
  /** The highest first; null: not said. */
  readonly levels: readonly Name[] | null
  /** `from csv "regions.csv" (member: "Code", parent: "Parent", level: "Level") where active == true`. */
  readonly from: CrosswalkSource | null
  /** Inline rows; null when the declaration has no body. */
  readonly rows: readonly HierarchyRow[] | null
  readonly allows?: readonly AllowClause[]
  readonly span: Span
}
/** `"Germany" under "EMEA" is Country`. */
export interface HierarchyRow {
  readonly member: Expression
  /** Null: it is at the top. */
  readonly parent: Expression | null
  /** Null: the level below its parent's. */
  readonly level: Name | null
  readonly span: Span
}
export interface EffectiveClause {
  /** `dated`. */
  readonly word: Name
  /** `until next`: a row holds until the next one begins. */
  readonly untilWord: Name | null
  /** Where the days stand in a file; null: not said. */
  readonly columns: CrosswalkSource["columns"] | null
  readonly span: Span
}

/** `each r: Row`: the map runs once a row. `set p: Period`: a whole list. Neither: one record. */
export interface SourceParameter extends Parameter { readonly role: "each" | "set" | null }

/** `collect by entity, period sum amount max lastDay incomplete hold group`. */
export interface CollectClause {
  readonly kind: "collect"
  readonly keys: readonly Name[]
  readonly folds: readonly { readonly operation: Name; readonly field: Name; readonly span: Span }[]
  /** `hold`, `reject`, `drop`, `keep`. */
  readonly incomplete: Name | null
  readonly span: Span
}
/** `totals r.quantity, r.account`: figures of the rows to add up, beside the amounts the map reads. */
export interface TotalsClause { readonly kind: "totals"; readonly paths: readonly Path[]; readonly span: Span }
export interface AnswersClause {
  readonly fields: readonly {
    readonly name: Name
    readonly optional: boolean
    readonly type: TypeNode
    readonly span: Span
  }[]
  readonly span: Span
}
export interface EventsClause {
  /** What the list holds: the fields that were cleared, or all that changed. */
  readonly lists: "cleared" | "changed"
  readonly list: Path
  readonly span: Span
}

export interface MapDeclaration {
  readonly kind: "map"
  readonly docs: Docs
  readonly name: Name
  /** Writes only what an event changes. */
  readonly patch: Span | null
  /** `to order: SalesOrder on create`. */
  readonly profile: Name | null
  readonly version: { readonly text: string; readonly span: Span } | null
  readonly sources: readonly SourceParameter[]
  readonly givens: readonly Parameter[]
  readonly target: Parameter | null
  readonly owner: TextLiteral | null
  readonly per: TextLiteral | null
  readonly allows?: readonly AllowClause[]
  readonly statements: readonly Statement[]
  /** What stands after the body: the map runs over a set of rows. */
  readonly collect: CollectClause | null
  readonly totals: readonly TotalsClause[]
  /** `control "ties to the ledger" for each currency: sum(out.amount) == sum(rows.amount) else hold CODE`: over the whole run. */
  readonly controls: readonly ControlStatement[]
  /** From the first word to before the body: where header diagnostics point. */
  readonly headerSpan: Span
  readonly span: Span
}

/** `fn net(c: currency, a: money in c, b?: money in c) -> money in c = a - (b else 0)`. */
export interface FunctionDeclaration {
  readonly kind: "fn"
  readonly docs: Docs
  readonly name: Name
  readonly parameters: readonly FunctionParameter[]
  readonly result: TypeNode
  /** `-> T?`: the result may be missing. */
  readonly resultOptional: boolean
  readonly value: Expression
  readonly because: TextLiteral | null
  readonly span: Span
}
export interface FunctionParameter extends Parameter { readonly optional: boolean }

export interface TestDeclaration {
  readonly kind: "test"
  readonly docs: Docs
  readonly title: TextLiteral
  readonly of: Name
  readonly members: readonly TestMember[]
  readonly span: Span
}
export type TestMember =
  /** `given opp = file "samples/a.json", asOf = 2026-03-31`. */
  | { readonly kind: "given"; readonly bindings: readonly { readonly name: Name; readonly value: TestValue; readonly span: Span }[]; readonly span: Span }
  /** `assume CustomerByAccount("001…") == { … }`, or `== missing`. */
  | { readonly kind: "assume"; readonly call: Expression; readonly value: Expression; readonly span: Span }
  | { readonly kind: "expect"; readonly expectations: readonly Expectation[]; readonly span: Span }
  | { readonly kind: "errorMember"; readonly span: Span }
export type TestValue =
  | { readonly kind: "file"; readonly path: TextLiteral; readonly span: Span }
  | { readonly kind: "expression"; readonly expression: Expression; readonly span: Span }
/** `lines[0].discount == 66.67` (an index of a list is allowed here only), `hold CODE at lines[1].item`, `reject CODE`, `dropped == 1`, `warn CODE`. */
export type Expectation =
  /** `like file "expected.json" ignoring lines.id`: the whole result. */
  | { readonly kind: "like"; readonly path: TextLiteral; readonly ignoring: readonly Expression[]; readonly span: Span }
  | { readonly kind: "condition"; readonly condition: Expression; readonly span: Span }
  | { readonly kind: "outcome"; readonly verb: "hold" | "reject" | "warn" | "skip row"; readonly code: Name; readonly at: Expression | null; readonly span: Span }

/** `calendar Corp { year ends last Saturday of January, weeks 4-4-5, … }`: clauses as written; which go together is judged later. */
export interface CalendarDeclaration {
  readonly kind: "calendar"
  readonly docs: Docs
  readonly name: Name
  readonly clauses: readonly CalendarClause[]
  readonly span: Span
}
export type CalendarClause =
  | { readonly kind: "owner"; readonly owner: TextLiteral; readonly span: Span }
  /** `year starts February 1`. */
  | { readonly kind: "yearStarts"; readonly month: Name; readonly day: CalendarNumber; readonly span: Span }
  /** `year ends last Saturday of January`, `year ends nearest Saturday of January`. */
  | { readonly kind: "yearEnds"; readonly which: Name; readonly weekday: Name; readonly month: Name; readonly span: Span }
  /** `year named by start`. */
  | { readonly kind: "yearNamed"; readonly by: Name; readonly span: Span }
  | { readonly kind: "months"; readonly span: Span }
  /** `weeks 4-4-5`. */
  | { readonly kind: "weeks"; readonly lengths: readonly CalendarNumber[]; readonly span: Span }
  /** `periods 13 of 4 weeks`. */
  | { readonly kind: "periods"; readonly count: CalendarNumber; readonly weeks: CalendarNumber; readonly span: Span }
  /** `week 53 in period 12`. */
  | { readonly kind: "longWeek"; readonly week: CalendarNumber; readonly period: CalendarNumber; readonly span: Span }
  /** `adjustment periods 4`. */
  | { readonly kind: "adjustment"; readonly count: CalendarNumber; readonly span: Span }
  /** `from 2020 until 2035`. */
  | { readonly kind: "range"; readonly from: CalendarNumber; readonly until: CalendarNumber; readonly span: Span }
  /** `weekend Saturday, Sunday`. */
  | { readonly kind: "weekend"; readonly days: readonly Name[]; readonly span: Span }
  /** `from csv "periods.csv" (…)`, `status from csv "…" (…)`, `holidays from csv "…" (…)`. */
  | { readonly kind: "file"; readonly of: "periods" | "status" | "holidays"; readonly source: CrosswalkSource; readonly span: Span }
/** A whole number as written, of any length. */
export interface CalendarNumber { readonly text: string; readonly span: Span }
