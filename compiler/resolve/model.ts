// Declarations with their names resolved and their types built: what resolve gives to check. The syntax nodes stay
// reachable (`node`) for spans and for the parts only the checker understands (expressions).
import type {
  CalendarDeclaration,
  CheckStatement,
  ConsumerDeclaration,
  ContractDeclaration,
  CrosswalkDeclaration,
  DeriveMember,
  EnumDeclaration,
  FieldDeclaration,
  FieldsRule,
  FileTree,
  FlowDeclaration,
  FunctionDeclaration,
  HierarchyDeclaration,
  MapDeclaration,
  Place,
  PolicyDeclaration,
  RecordDeclaration,
  RequireRule,
  SystemDeclaration,
  TestDeclaration,
} from "@fmap/grammar"
import type { BitmapLayout, Calendar, CalendarSpec } from "@fmap/runtime"
import type { Transport } from "@fmap/runtime/wire"
import type { PlanCalendarFile, PlanPolicyRule, TimeWire } from "../plan/index.ts"
import type { EnumType, Type, Unit } from "../types/type.ts"

/** One readable file. `path` is project-relative with `/`. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly sha256: string
  readonly tree: FileTree
  /** The parser reported an error in it. */
  readonly broken: boolean
}

export interface BoundProject {
  /** In dependency order: a file comes after those it imports. */
  readonly files: readonly SourceFile[]
  readonly systems: readonly BoundSystem[]
  readonly enums: readonly BoundEnum[]
  readonly shapes: readonly BoundShape[]
  readonly crosswalks: readonly BoundCrosswalk[]
  readonly maps: readonly BoundMap[]
  readonly calendars: readonly BoundCalendar[]
  readonly tests: readonly BoundTest[]
  readonly policies: readonly BoundPolicy[]
  readonly flows: readonly BoundFlow[]
  readonly consumers: readonly BoundConsumer[]
  /** What a function calls stands before it. */
  readonly functions: readonly BoundFunction[]
  /** The maps once more, what a map calls before it. */
  readonly callOrder: readonly BoundMap[]
  /** Maps and functions that call each other in a circle, or write out too much: they were reported, and calls of them say nothing. */
  readonly uncallable: ReadonlySet<BoundDeclaration>
  /** What a file can name in the second namespace (types, maps, crosswalks): own declarations and imports. */
  readonly scopes: ReadonlyMap<string, ReadonlyMap<string, BoundDeclaration>>
  /** By file: names it imports from where they cannot be had; a diagnostic was given. */
  readonly unreachable: ReadonlyMap<string, ReadonlySet<string>>
}

export type BoundDeclaration =
  | BoundSystem
  | BoundEnum
  | BoundShape
  | BoundCrosswalk
  | BoundMap
  | BoundFunction
  | BoundCalendar
  | BoundPolicy
  | BoundFlow
  | BoundConsumer

interface Bound {
  readonly name: string
  /** Path of the file that declares it. */
  readonly file: string
  /** Where its name stands. */
  readonly place: Place
  /** An error was reported inside it: what depends on it gets no `unused` or `useless` finding, and no follow-up error. */
  readonly broken: boolean
}

export interface BoundSystem extends Bound {
  readonly kind: "system"
  readonly node: SystemDeclaration
  readonly defaults: WireDefaults
  /** How its documents travel; null: plain JSON. */
  /** Where the name of the contract belongs, texts of XML hold `contractHole`. */
  readonly transport: Transport | null
}
/** What the `wire …` of a system says for each family, or the language's own defaults. */
export interface WireDefaults {
  /** Default: text. */
  readonly decimal: "number" | "text"
  /** Default: number. */
  readonly int: "number" | "text"
  readonly date: TimeWire
  readonly datetime: TimeWire
  readonly instant: TimeWire
  /** Default: a JSON boolean. */
  readonly bool: "json" | { readonly true: string; readonly false: string }
  /** How lists of records stand; default: as an array. */
  readonly rows: "array" | { readonly under: string }
}

export interface BoundEnum extends Bound {
  readonly kind: "enum"
  readonly node: EnumDeclaration
  readonly type: EnumType
}

export interface BoundShape extends Bound {
  readonly kind: "shape"
  /** Its name, qualified by its file where another file declares the same: see declaredId. */
  readonly id: string
  readonly node: RecordDeclaration | ContractDeclaration
  readonly isContract: boolean
  /** Null for records and for contracts of no system. */
  readonly system: BoundSystem | null
  readonly direction: "reads" | "writes" | "both"
  /** The records are changes: where the list of what changed, or of what was cleared, stands in them. */
  readonly events: { readonly lists: "cleared" | "changed"; readonly path: readonly string[] } | null
  /** The record of all targets of a map that has several. */
  readonly targets?: true
  /** Set where a value is one of several records: its fields are these, by their names, and exactly one is there. */
  readonly union?: BoundUnion
  readonly parameters: readonly {
    readonly name: string
    readonly kind: "currency" | "unit"
    readonly place: Place
  }[]
  readonly fields: readonly BoundField[]
  readonly derives: readonly BoundDerive[]
  readonly checks: readonly CheckStatement[]
  readonly fieldRules: readonly (FieldsRule | RequireRule)[]
  /** What the system answers when a record is written to it; null: not said. */
  readonly answers:
    | readonly { readonly name: string; readonly optional: boolean; readonly type: Type }[]
    | null
  /** What is wanted besides when a record is made or changed. */
  readonly profiles: readonly RequireRule[]
  /** The contract of which a patch writes a part, or which a profile narrows. */
  readonly partOf?: BoundShape
}

/** What tells which of several records a value is. Names are those on the wire. */
export interface BoundUnion {
  readonly by:
    | {
        readonly kind: "value"
        readonly path: readonly string[]
        /** Of the text that stands there, from which code point and how many; null: all of it. */
        readonly slice: { readonly from: number; readonly length: number } | null
      }
    | { readonly kind: "presence" | "shape" }
  /** `values`: what stands at the path, which field is there, which fields are all there. `field`: of the union's shape. */
  readonly arms: readonly { readonly values: readonly string[]; readonly field: string }[]
}

export interface BoundField {
  readonly name: string
  readonly node: FieldDeclaration
  readonly place: Place
  /** Units inside are relative to the shape (`field`, `parameter`, `constant`). */
  readonly type: Type
  readonly optional: boolean
  readonly key: boolean
  readonly pii: boolean
  readonly confidential: boolean
  readonly clearable: boolean
  readonly computed: boolean
  readonly createOnly: boolean
  readonly writeOnly: boolean
  /** Canonical text or boolean; null without `default`. A field with a default reads as present. */
  readonly default: string | boolean | null
  /** A list of names of fields that may come as bitmaps over these. */
  readonly bitmaps?: BitmapLayout
}

export interface BoundDerive {
  readonly name: string
  readonly node: DeriveMember
  readonly place: Place
  readonly type: Type
}

export interface BoundCrosswalk extends Bound {
  readonly kind: "crosswalk"
  /** Its name, qualified by its file where another file declares the same: see declaredId. */
  readonly id: string
  readonly node: CrosswalkDeclaration | HierarchyDeclaration
  /** A hierarchy: its keys are a member and a level, and it is asked with rollup(…). Its levels, the highest first. */
  readonly hierarchy: { readonly levels: readonly string[] } | null
  readonly parameters: readonly { readonly name: string; readonly type: Type; readonly place: Place }[]
  readonly result: Type
  /** Declared with `<->`: it can be asked back, and then always answers if `total`. Null: it cannot. */
  readonly inverse: { readonly total: boolean } | null
  /** Rows hold for some days only: a call says as of which. */
  readonly dated: boolean
  /** Inline rows that cover every combination of closed-enum keys on every day: a call is total without `unmapped`. */
  readonly total: boolean
  readonly external: boolean
}

export interface BoundMap extends Bound {
  readonly kind: "map"
  readonly node: MapDeclaration
  readonly sources: readonly {
    readonly name: string
    readonly shape: BoundShape
    readonly arguments: readonly Unit[]
    /** `each`: the map runs once a row of it. `set`: a whole list. Null: one record. */
    readonly role: "each" | "set" | null
    readonly place: Place
  }[]
  readonly givens: readonly { readonly name: string; readonly type: Type; readonly place: Place }[]
  /** Of a patch: the shape with all fields but its keys optional, and without its rules. */
  readonly target: { readonly name: string; readonly shape: BoundShape; readonly place: Place } | null
  readonly patch: boolean
}

/** `fn`: a calculation that is written out where it is called. */
export interface BoundFunction extends Bound {
  readonly kind: "fn"
  readonly node: FunctionDeclaration
  /** Units that name an earlier parameter are paths whose root is its index. */
  readonly parameters: readonly {
    readonly name: string
    readonly type: Type
    readonly optional: boolean
    readonly place: Place
  }[]
  readonly result: Type
}

/** Its steps are left for the checker: what they give depends on maps and contracts alone. */
export interface BoundFlow extends Bound {
  readonly kind: "flow"
  readonly node: FlowDeclaration
}

export interface BoundTest {
  readonly file: string
  readonly node: TestDeclaration
  readonly map: BoundMap | null
}

export interface BoundPolicy extends Bound {
  readonly kind: "policy"
  /** Its name, qualified by its file where another file declares the same: see declaredId. */
  readonly id: string
  readonly node: PolicyDeclaration
  /** What could be understood of it. */
  readonly rules: readonly BoundPolicyRule[]
}
/** As in the Plan, with a place for a position. */
export type BoundPolicyRule = WithPlace<PlanPolicyRule>
type WithPlace<R extends PlanPolicyRule> = R extends PlanPolicyRule
  ? Omit<R, "at"> & { readonly place: Place }
  : never

/** Somebody outside of the project who reads its records. */
export interface BoundConsumer extends Bound {
  readonly kind: "consumer"
  readonly node: ConsumerDeclaration
  /** What could be understood of it. */
  readonly reads: readonly BoundRead[]
}
export interface BoundRead {
  readonly of: BoundShape | BoundMap
  /** Names on the way to each field; null: all of it. */
  readonly fields: readonly (readonly string[])[] | null
  readonly place: Place
}

export interface BoundCalendar extends Bound {
  readonly kind: "calendar"
  /** Its name, qualified by its file where another file declares the same: see declaredId. */
  readonly id: string
  readonly node: CalendarDeclaration
  /** What could be understood of it; harmless where an error was reported. */
  readonly spec: CalendarSpec
  readonly files: {
    readonly periods: PlanCalendarFile | null
    readonly status: PlanCalendarFile | null
    readonly holidays: PlanCalendarFile | null
  }
  /** Its periods where they follow from the declaration alone; null when they stand in a file, or there are none. */
  readonly table: Calendar | null
}
