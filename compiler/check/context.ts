// What an expression is checked against: names in scope, facts, and the state of the map that is being built up.
// The state is local to one map (or one shape's rules); nothing here outlives `checkProject`.
import type { Diagnostic, Expression, Name, Place, ShareExpression, Span, TextLiteral } from "@fmap/grammar"
import type {
  At,
  PlanControlGroups,
  PlanExpression,
  PlanFieldRuleUse,
  PlanStep,
  PlanVariable,
  VariableId,
  WireType,
} from "../plan/index.ts"
import type {
  BoundDeclaration,
  BoundField,
  BoundFunction,
  BoundMap,
  BoundShape,
  BoundSystem,
} from "../resolve/model.ts"
import type { ListType, Type, Unit } from "../types/type.ts"
import type { Facts, StablePath } from "./checked.ts"

export interface Context {
  readonly file: string
  /** The second namespace of this file: types, maps, crosswalks. */
  readonly names: ReadonlyMap<string, BoundDeclaration>
  readonly state: State
  readonly scope: Scope
  readonly facts: Facts
  /** Inside of a function that a rule of a record calls: where the call stands. */
  readonly rule?: Place
  /** Inside of what is called: which call it is, unlike any other of the Plan. */
  readonly call?: string
  /** Inside `round(…)`, where a division may stand. */
  readonly inRound: boolean
  /** Null where a record may be held or rejected; else completes "cannot be held or rejected …". */
  readonly noExit: string | null
  /** Inside the body of an `each`: `skip row` has a row. */
  readonly inRow: boolean
  /** The field that is being assigned, for `clear`, `omit` and messages. */
  readonly field: BoundField | null
  /** The statement carries a reason. */
  readonly because: TextLiteral | null
  /** Directly in the rows that an `each` makes. */
  readonly rows?: RowsSite | undefined
  /** The `share of` that is the whole value of the field being assigned. */
  readonly share?: ShareSite | undefined
  /** The row whose rows before `previous` and `running` look at; undefined outside of rows, and where a row is only looked at. */
  readonly window?: Window | undefined
  /** In the rules of a record or contract: plain names are its members. */
  readonly members?: Members
  /** In rules of a target: what this map leaves has no value, and reading it is no mistake of the rule. */
  readonly leftIsMissing?: true
  /** In a patch: the root of the record that is written in part; 0 before it has one. */
  readonly patch?: number
  /** In a control `for each`: what its aggregates keep of their rows. */
  readonly groups?: ControlGroups
  /** People read the text that is made: personal data in it is masked. */
  readonly message?: true
  /** Told when a personal or confidential field is read. */
  readonly personal?: { seen: boolean }
}

export interface RowsSite {
  /** The expression that makes each row. */
  readonly body: Expression
  /** The loops, outermost first. */
  readonly loops: readonly { readonly binder: string; readonly variable: VariableId }[]
}

export interface ShareSite {
  readonly node: ShareExpression
  readonly equally: boolean
  /** What the field holds; null where that is being found out. */
  readonly target: Type | null
  readonly put: (share: ShareStep) => void
}

/** The step that divides the total, and what it needs to be known before. */
export interface ShareStep {
  readonly step: PlanStep & { readonly kind: "share" }
  readonly needs: ReadonlySet<VariableId>
}

/** The keys of a control `for each`; their types are those of the first rows that have them. */
export interface ControlGroups {
  readonly keys: readonly { readonly name: Name; readonly variable: VariableId }[]
  readonly types: (Type | null)[]
  readonly masked: boolean[]
  readonly rows: PlanControlGroups["rows"][number][]
}

export interface Window {
  readonly roots: ReadonlySet<number>
  /** Of the body: what stands inside of it may look back. */
  readonly scope: Scope
  readonly facts: Facts
}
/** What a row leaves to the next one. */
export interface CarryUse {
  readonly window: Window
  readonly variable: VariableId
  readonly start: PlanExpression | null
  readonly value: PlanExpression
}

export interface Members {
  readonly variable: VariableId
  readonly record: Type & { readonly kind: "record" }
  /** Fields, and derived values that stand before. */
  readonly available: Set<string>
}

export interface State {
  readonly variables: PlanVariable[]
  /** Variables that hold an undecoded payload record: a post-pass collects what is read of them. */
  readonly payloads: Map<VariableId, Payload>
  /** The second namespace of every file, for rules and clauses written elsewhere. */
  readonly scopes: ReadonlyMap<string, ReadonlyMap<string, BoundDeclaration>>
  /** The map, function or record that is being checked. */
  readonly owner: string
  readonly callsMaps: boolean
  /** Was it checked without an error, and does it end? Then it may be written out where it is called. */
  readonly isCallable: (callee: BoundFunction | BoundMap) => boolean
  /** Maps written out in this one; `made` counts the calls of all kinds. */
  readonly calls: { readonly maps: Set<BoundMap>; made: number }
  readonly at: (place: Place) => At
  readonly report: (diagnostic: Diagnostic) => void
  /** Judgements that only count when nothing else is wrong (unused, useless, unread). */
  readonly deferred: Diagnostic[]
  readonly codes: CodeUse[]
  /** Unit of a target field that was assigned exactly a unit term. */
  readonly aliases: Map<string, Unit>
  /** How to compute the value of a path whose root is a record under construction or a binder. */
  readonly roots: Map<number, (path: readonly string[], at: At) => PlanExpression | null>
  /** Variables read since the innermost statement began. Shared by quiet copies of the state. */
  readonly tracker: { reads: Set<VariableId> }
  readonly crosswalks: Set<string>
  readonly inferred: InferredShape[]
  readonly rounded: { readonly field: string; readonly mode: string; readonly at: At }[]
  readonly truncated: { readonly field: string; readonly at: At }[]
  readonly left: { readonly field: string; readonly because: string; readonly at: At }[]
  readonly ignored: IgnoredPath[]
  /** `controlled`: a control inside of the called map looks at the rows that are left. `ofList` false: a row of the set the map runs over. */
  readonly skips: {
    readonly code: string
    readonly at: At
    readonly controlled?: boolean
    readonly ofList?: boolean
  }[]
  readonly claims: { readonly field: string; readonly currency: string; readonly at: At }[]
  readonly fieldRules: PlanFieldRuleUse[]
  /** How a value of this type stands in the target (`fit` nodes need it). */
  readonly wireType: (type: Type) => WireType
  /** The same for a field, with the wire forms it and its system ask for. */
  readonly fieldWireType: (field: BoundField, shape: BoundShape, system: BoundSystem | null) => WireType
  readonly shapeId: (shape: BoundShape, system: BoundSystem | null) => string
  readonly counters: { root: number; opaque: number }
  /** By the variable that holds the rows of a group: what they were before. */
  readonly groups: Map<VariableId, GroupedRows>
  /** What rows leave to the next ones. */
  readonly carries: CarryUse[]
  /** Row variables over a group: the variables its rows were read in. */
  readonly origins: Map<VariableId, RowOrigin>
}

export interface TreePart {
  readonly variable: VariableId
  readonly type: Type
  readonly maybe: boolean
}
/** The row of a group is the row of its one generator, or a record of the rows of several. */
export interface RowOrigin {
  readonly whole: VariableId | null
  readonly members: ReadonlyMap<string, VariableId>
}
export interface GroupedRows {
  readonly origin: RowOrigin
  /** What holds for every row of the group, said of the variables of `origin`. */
  readonly facts: Facts
}

/** A record type made up by a `let` whose value has no declared type. */
export interface InferredShape {
  readonly id: string
  readonly shape: BoundShape
}

/** `ignore line.Id because "…"`: a path below a source, a row or a `let`. */
export interface IgnoredPath {
  readonly variable: VariableId
  readonly path: readonly string[]
  /** As written. */
  readonly text: string
  readonly because: string
  readonly place: Place
}

export interface Payload {
  readonly shape: BoundShape
  readonly system: BoundSystem | null
  readonly arguments: readonly Unit[]
}

export interface CodeUse {
  readonly code: string
  readonly verb: "reject" | "hold" | "warn" | "skip"
  readonly origin: "map" | "contract" | "crosswalk" | "assignment" | "payload"
  readonly at: At
  readonly place: Place
}

export interface Scope {
  readonly parent: Scope | null
  readonly names: Map<string, Binding>
  /** The loop a scope is the body of: the numbers of its rows, for `position of line`. */
  loop?: { readonly binders: readonly string[]; readonly position: Binding & { readonly kind: "value" } }
  /** `let`s not checked yet: asked for by name, each is checked once, wherever it stands in its block. */
  readonly lazy: Map<string, PendingLet>
  /** The record under construction whose fields plain names may mean. */
  readonly block: BlockScope | null
}

export interface PendingLet {
  readonly place: Place
  /** Reserved before it is made: a currency may be named by it. */
  readonly variable: VariableId
  readonly bind: () => void
}

export type Binding =
  | {
      readonly kind: "value"
      readonly name: string
      /** A parameter whose argument has a name where it was given: it stands for that, and `variable` for nothing. */
      readonly instead?: { readonly plan: PlanExpression; readonly stable: StablePath }
      readonly variable: VariableId
      readonly type: Type
      readonly maybe: boolean
      readonly place: Place
      /** Marked when read: an unused `let` is an error. */
      used: boolean
      readonly isLet: boolean
      /** A group: its members are its keys, and by itself the name stands for its rows. */
      readonly rows?: { readonly variable: VariableId; readonly type: ListType }
      /** A source that is the rows of a whole set. */
      readonly isSet?: true
      /** A node of a tree: what its members stand for. By itself it is no value. */
      readonly parts?: ReadonlyMap<string, TreePart>
    }
  | { readonly kind: "target"; readonly name: string; readonly block: BlockScope; readonly place: Place }

/** A target record under construction. */
export interface BlockScope {
  /** Negative: never a variable. */
  readonly root: number
  readonly rootName: string
  readonly shape: BoundShape
  /** Whose wire forms its fields have. */
  readonly system: BoundSystem | null
  readonly fields: Map<string, BlockField>
  /** Left with a reason. */
  readonly left: Set<string>
}
export interface BlockField {
  readonly field: string
  readonly variable: VariableId
  readonly type: Type
  readonly maybe: boolean
}

export function at(ctx: Context, span: Span): At {
  return ctx.state.at({ file: ctx.file, span })
}

export function place(ctx: Context, span: Span): Place {
  return { file: ctx.file, span }
}

export function childScope(ctx: Context, block: BlockScope | null = null): Context {
  return { ...ctx, scope: { parent: ctx.scope, names: new Map(), lazy: new Map(), block } }
}

export function withFacts(ctx: Context, facts: Facts): Context {
  if (facts.present.size === 0 && facts.equal.length === 0) return ctx
  return {
    ...ctx,
    facts: {
      present: new Set([...ctx.facts.present, ...facts.present]),
      equal: [...ctx.facts.equal, ...facts.equal],
    },
  }
}

/** The same place, for a trial run: nothing it finds or makes is kept. */
export function quiet(ctx: Context): Context {
  const { state } = ctx
  return {
    ...ctx,
    state: {
      ...state,
      report: () => undefined,
      variables: [...state.variables],
      codes: [],
      deferred: [],
      skips: [],
      rounded: [],
      truncated: [],
      left: [],
      ignored: [],
      claims: [],
      fieldRules: [],
      payloads: new Map(state.payloads),
      carries: [],
      groups: new Map(state.groups),
      origins: new Map(state.origins),
      tracker: { reads: new Set() },
    },
  }
}

/** Where checking a map or a function begins: nothing is in scope and nothing is proved. */
export function emptyContext(file: string, names: Context["names"], state: State): Context {
  return {
    file,
    names,
    state,
    scope: { parent: null, names: new Map(), lazy: new Map(), block: null },
    facts: { present: new Set(), equal: [] },
    inRound: false,
    noExit: null,
    inRow: false,
    field: null,
    because: null,
  }
}
