// The Plan: the waist of the compiler. Left of it everything serves authors, right of it machines. It is plain JSON
// (`fmap.plan.json`), deterministic, and holds all that emitters, interpreter, lineage and diff may know.
import type { JsonNumber, PeriodRules } from "@fmap/runtime"
import type { Transport } from "@fmap/runtime/wire"
import type { PlanConsumed, PlanConsumer } from "./consumer.ts"
import type { At, PlanBinding, PlanBlock, PlanExpression, PlanStep, VariableId } from "./expression.ts"
import type { PlanFlow } from "./flow.ts"
import type { Label, PlanAllow, PlanPolicy, PlanPolicyRule, PlanPolicySubject } from "./policy.ts"
import type { ShapeId, UnitSource, ValueType, WireType } from "./value-type.ts"

export interface Plan {
  readonly format: "fmap.plan"
  readonly formatVersion: 1
  /** Project-relative paths with `/`, in import order; `At` points here. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
  /** npm packages that files were imported from: `path` is the folder their files' paths begin with. */
  readonly packages: readonly { readonly name: string; readonly version: string; readonly path: string }[]
  readonly systems: readonly PlanSystem[]
  readonly enums: readonly PlanEnum[]
  readonly shapes: readonly PlanShape[]
  readonly crosswalks: readonly PlanCrosswalk[]
  readonly maps: readonly PlanMap[]
  readonly calendars: readonly PlanCalendar[]
  readonly tests: readonly PlanTest[]
  /** Absent: there is none. */
  readonly policies?: readonly PlanPolicy[]
  /** Absent: there is none. */
  readonly consumers?: readonly PlanConsumer[]
  /** Absent: there is none. */
  readonly flows?: readonly PlanFlow[]
  /** What flows compute: maps from `scope`, the record of the binders they read, to a record of one field `value`. Nobody calls them but a flow. */
  readonly questions?: readonly PlanMap[]
}

interface Declared {
  readonly name: string
  /** Index into Plan.files: the module it is emitted to. */
  readonly file: number
  readonly docs: string
  readonly at: At
}

/** Absent: nothing is allowed. */
interface Governed {
  readonly allows?: readonly PlanAllow[]
}

export interface PlanSystem extends Declared, Governed {
  readonly kind: string | null
  readonly owner: string | null
  readonly residency: string | null
  readonly limits: readonly { readonly count: number; readonly per: string }[]
  /** The labels its data may have; absent: not said. */
  readonly cleared?: readonly Label[]
  /** What runs there; absent: not said. */
  readonly platform?: string
}

/** Nothing refers to it: its members stand in every type. */
export interface PlanEnum extends Declared {
  readonly open: boolean
  readonly members: readonly { readonly value: string; readonly docs: string }[]
}

/** A record or contract. */
export interface PlanShape extends Declared, Governed {
  readonly id: ShapeId
  readonly kind: "record" | "contract" | "inferred"
  readonly contract: {
    readonly system: string | null
    readonly version: string
    /** How its documents travel; null: plain JSON. What stands around the records is no part of their shape. */
    readonly transport: Transport | null
    readonly direction: "reads" | "writes" | "both"
    /** What the system answers when a record is written to it; null: not said. */
    readonly answers:
      | readonly { readonly name: string; readonly type: WireType; readonly optional: boolean }[]
      | null
    /** Records are changes; `path` leads to the list of the wire names of what changed, or of what was cleared. */
    readonly events: { readonly lists: "cleared" | "changed"; readonly path: readonly string[] } | null
    /** Refuses fields it does not name. */
    readonly closed: boolean
    readonly owner: string | null
    readonly lifecycle: string | null
    readonly compatible: string | null
    /** The day it ends; absent: not said. */
    readonly sunset?: string
    /** How long its records are kept; absent: not said. */
    readonly retention?: { readonly count: number; readonly unit: "days" | "months" | "years" }
    /** So many of a hundred records (decimal text) are there within that time (`15min`); absent: not said. */
    readonly slo?: { readonly share: string; readonly within: string }
  } | null
  /** Not null: a value on the wire is one of several records. The fields are those records by their names, and exactly one is there. */
  readonly union: PlanUnion | null
  readonly parameters: readonly string[]
  readonly fields: readonly PlanField[]
  readonly rules: readonly PlanRule[]
  /** Variables of the rules; variable 0 is the record itself. */
  readonly variables: readonly PlanVariable[]
}

/** What tells which record it is. Names are those on the wire. */
export interface PlanUnion {
  readonly by:
    | {
        readonly kind: "value"
        readonly path: readonly string[]
        /** Code points of the text that stands there; null: all of it. */
        readonly slice: { readonly from: number; readonly length: number } | null
      }
    | { readonly kind: "presence" | "shape" }
  /** `values`: what stands at the path; which field is there; which fields are all there. `field`: of this shape. */
  readonly arms: readonly { readonly values: readonly string[]; readonly field: string }[]
}

export interface PlanField {
  readonly name: string
  readonly wireName: string
  readonly type: WireType
  readonly optional: boolean
  readonly key: boolean
  readonly pii: boolean
  readonly confidential: boolean
  readonly clearable: boolean
  /** Used when a source leaves the field out (counted as a note); canonical text or boolean. */
  readonly default: string | boolean | null
  readonly computed: boolean
  readonly createOnly: boolean
  readonly writeOnly: boolean
  readonly deprecated: { readonly use: string | null; readonly sunset: string | null } | null
  readonly since: string | null
  readonly docs: string
  readonly at: At
}

/** In the order they must run. `derive` computes a value that `in ccy` and record arguments may use. */
export type PlanRule =
  | {
      readonly kind: "derive"
      readonly name: string
      readonly type: WireType
      readonly reads: readonly (readonly string[])[]
      readonly value: PlanExpression
      readonly at: At
    }
  | {
      readonly kind: "check"
      readonly reads: readonly (readonly string[])[]
      readonly condition: PlanExpression
      readonly exit: {
        readonly verb: "reject" | "hold" | "warn"
        readonly code: string
        readonly message: PlanExpression | null
      }
      /** The member the issue points at; null: the record itself. */
      readonly field: string | null
      /** Set where the check is a rule about which fields have values together: what JSON Schema can say. */
      readonly says: PlanFieldRule | null
      readonly at: At
    }

export type PlanFieldRule =
  | { readonly kind: "exactlyOne" | "atMostOne" | "allOrNone"; readonly fields: readonly string[] }
  | { readonly kind: "required"; readonly field: string; readonly when: PlanExpression }

export interface PlanVariable {
  readonly name: string
  readonly type: ValueType
  readonly maybe: boolean
}

export interface PlanCrosswalk extends Declared, Governed {
  /** Its name, or `crosswalks/erp#Customer` where another file declares the same name; unique in a Plan. */
  readonly id: string
  readonly version: string
  readonly owner: string | null
  readonly parameters: readonly { readonly name: string; readonly type: WireType }[]
  readonly result: WireType
  readonly keyForm: "exact" | "folded" | "trimmed"
  /** Null: a call may be missing. Its variables are the parameters, in order. */
  readonly unmapped: PlanExpression | null
  /** Declared with `<->`: of one key and one value, each value has one key on every day. */
  readonly bothWays: boolean
  /** Rows hold for some days only, and a call says as of which day. */
  readonly dated: boolean
  /**
   * Inline rows: keys as canonical text (null: every key), value as it would stand on the wire of `result`. The most specific row that
   * holds on the day decides, and there is never more than one. Null for external ones.
   */
  readonly rows: readonly PlanCrosswalkRow[] | null
  /**
   * Of a hierarchy only: its levels, the highest first. Its keys are a member and a level; inline rows say the ancestor on each level,
   * and its file says the parent of each member.
   */
  readonly hierarchy?: { readonly levels: readonly string[] }
  readonly external: PlanCrosswalkSource | null
  /** Flows fill it: `Salesforce.Account` and `NetSuite.Customer`, as written; rows and file are null. Absent: they do not. */
  readonly links?: { readonly from: string; readonly to: string }
}
export interface PlanCrosswalkRow {
  readonly keys: readonly (string | null)[]
  /** First and last day, inclusive; the first and the last there is where none is said. */
  readonly from: string
  readonly until: string
  readonly value: PlanJson
  readonly at: At
}
export interface PlanCrosswalkSource {
  readonly format: "csv" | "json"
  /** Project-relative. */
  readonly path: string
  /** Parameter or result member → column header. A scalar result uses the name `value`. */
  readonly columns: readonly { readonly name: string; readonly column: string }[]
  /** Rows are kept only where the column equals this; other cells than the literal's kind allows are an error of the file. */
  readonly where: readonly {
    readonly column: string
    readonly operator: "==" | "!="
    readonly value: string | boolean
  }[]
  /** Headers of the first and the last day; `next`: a row holds until the next one of its keys begins. Null: not dated. */
  readonly days: {
    readonly from: string | null
    readonly until: string | null
    readonly next: boolean
  } | null
  /** The cell that stands for every key. */
  readonly wildcard: string | null
}

/** A calendar: what its declaration says, and the files that hold the rest. */
export interface PlanCalendar extends Declared {
  /** Its name, or `calendars/corp#Corp` where another file declares the same name; unique in a Plan. */
  readonly id: string
  readonly owner: string | null
  /** Null: it has no periods, only business days. */
  readonly rules: PeriodRules | null
  /** Days of the week without business, 1 is Monday; null: it knows no business days. */
  readonly weekend: readonly number[] | null
  readonly periods: PlanCalendarFile | null
  readonly status: PlanCalendarFile | null
  readonly holidays: PlanCalendarFile | null
}
/** As the file of a crosswalk; columns are named for id, start, end, adjust, closed, year, number; period, closed; date. */
export type PlanCalendarFile = Pick<PlanCrosswalkSource, "format" | "path" | "columns" | "where">

/** JSON numbers too: JS numbers of at most 15 significant digits, ExactNumber of @fmap/runtime beyond (write the Plan with `writeJson`). */
export type PlanJson =
  | string
  | boolean
  | null
  | JsonNumber
  | readonly PlanJson[]
  | { readonly [key: string]: PlanJson }

export interface PlanMap extends Declared, Governed {
  readonly version: string
  /** Writes only what an event changes: the target shape is one whose fields, but its keys, may be absent. */
  readonly patch: boolean
  readonly owner: string | null
  readonly per: string | null
  readonly sources: readonly {
    readonly name: string
    readonly variable: VariableId
    readonly binding: PlanBinding
    readonly at: At
  }[]
  readonly givens: readonly {
    readonly name: string
    readonly variable: VariableId
    readonly type: WireType
    readonly optional: boolean
    readonly at: At
  }[]
  readonly target: { readonly name: string; readonly shape: ShapeId; readonly at: At }
  /** Ids of crosswalks it calls, in their order. External ones are reference data passed by the caller. */
  readonly crosswalks: readonly string[]
  /** The maps written out in it, those called by them too, by name. */
  readonly calls: readonly { readonly map: string; readonly version: string }[]
  /** Ids of calendars whose files it needs, in their order: reference data passed by the caller. */
  readonly calendars: readonly string[]
  readonly variables: readonly PlanVariable[]
  readonly body: PlanBlock
  /** The map runs over a set of rows; null: one record in, one out. */
  readonly set: PlanSet | null
  readonly key: {
    readonly field: string
    readonly onReplay: readonly { readonly when: string; readonly action: string }[]
  } | null
  /** Law 5: every code a record can end with, sorted by code. */
  readonly codes: readonly PlanCode[]
  readonly report: PlanReport
}
/** A map over a set of rows: its body runs once a row of the source `each`. */
export interface PlanSet {
  /** Name of the source that is walked. */
  readonly each: string
  /** Sources that are whole lists, decoded once before the first row. */
  readonly sets: readonly {
    readonly name: string
    readonly variable: VariableId
    readonly type: WireType
    readonly at: At
  }[]
  /** What is read of every row beside its record, whatever becomes of it: numbers and texts of the row, never anything computed. */
  readonly figures: readonly { readonly path: string; readonly value: PlanExpression }[]
  /** Figures added up by outcome, and by currency where they are amounts (a code, or an index into `figures`). */
  readonly totals: readonly {
    readonly path: string
    readonly figure: number
    readonly currency: string | number | null
  }[]
  /** Rows that agree in the keys become one record; null: each row becomes one. */
  readonly collect: PlanCollect | null
  /** Judged at the end of the run; one that fails holds or rejects all of it. */
  readonly controls: readonly PlanSetControl[]
}
/** `left operator right`, each a sum of terms, once for each combination of keys. Whatever is not known of a row fails the control. */
export interface PlanSetControl {
  readonly title: string
  /** `for each`: a figure of the rows, and a field of the target, where the terms need them. */
  readonly keys: readonly {
    readonly name: string
    readonly figure: number | null
    readonly field: string | null
  }[]
  readonly left: readonly PlanSetTerm[]
  readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">="
  readonly right: readonly PlanSetTerm[]
  /** Decimal text; `minor`: in minor units of the currency; `relative`: a fraction of |right|. */
  readonly within: { readonly amount: string; readonly minor: boolean; readonly relative: boolean } | null
  /** Of what is compared: a code, an index into `keys`, or none. */
  readonly currency: string | number | null
  readonly exit: {
    readonly verb: "reject" | "hold" | "warn"
    readonly code: string
    readonly message: string | null
  }
  readonly at: At
}
export type PlanSetTerm = { readonly negative: boolean } & (
  | { readonly kind: "sum"; readonly of: RowsOf; readonly figure: number }
  | { readonly kind: "sumOut"; readonly field: string }
  | { readonly kind: "count"; readonly of: RowsOf | "out" }
  /** Decimal text. */
  | { readonly kind: "literal"; readonly value: string }
  /** Of an input of the whole run; present. */
  | { readonly kind: "input"; readonly value: PlanExpression }
)
export type RowsOf = "rows" | "rejected" | "held" | "dropped"
export interface PlanCollect {
  /** Target fields, required. */
  readonly keys: readonly string[]
  /** What is made of the other fields that vary inside a group; those that are not named are the same in all of its rows. */
  readonly folds: readonly {
    readonly field: string
    readonly operation: "sum" | "min" | "max" | "first" | "last"
  }[]
  /** What becomes of a group that lost a row to a hold or reject. */
  readonly incomplete: "hold" | "reject" | "drop" | "keep"
  readonly at: At
}
export interface PlanCode {
  readonly code: string
  readonly verb: "reject" | "hold" | "warn" | "skip"
  /** Written in the map, in a contract, implied by an assignment, or given at the door for a bad payload. */
  readonly origin: "map" | "contract" | "crosswalk" | "assignment" | "payload"
  readonly at: readonly At[]
}
/** Law 4: what a reader of the build must be told. */
export interface PlanReport {
  readonly left: readonly { readonly field: string; readonly because: string; readonly at: At }[]
  readonly ignored: readonly { readonly path: string; readonly because: string; readonly at: At }[]
  readonly unread: readonly { readonly source: string; readonly field: string }[]
  readonly rounded: readonly { readonly field: string; readonly mode: string; readonly at: At }[]
  /** Figures that were said to be amounts of a currency: `money(x, EUR)`. */
  readonly claimed: readonly { readonly field: string; readonly currency: string; readonly at: At }[]
  readonly truncated: readonly { readonly field: string; readonly at: At }[]
  readonly skips: readonly { readonly code: string; readonly at: At }[]
  /** Rules of the records this map makes about which fields have values together: proved by the compiler, or checked for every record. */
  readonly fieldRules: readonly PlanFieldRuleUse[]
}
export interface PlanFieldRuleUse {
  readonly record: string
  /** `exactly one of UnitPrice, TotalPrice` */
  readonly rule: string
  readonly how: "proved" | "checked"
  readonly at: At
}

/** A test block, lowered. Values are JSON in wire form; `file` paths are project-relative. */
export interface PlanTest {
  readonly title: string
  readonly map: string
  readonly file: number
  readonly givens: readonly {
    readonly name: string
    readonly value: { readonly file: string } | { readonly json: PlanJson }
    readonly at: At
  }[]
  readonly assumes: readonly {
    /** Its id. */
    readonly crosswalk: string
    readonly keys: readonly string[]
    /** The day, where the crosswalk is dated. */
    readonly asOf: string | null
    /** Asked back: the key is a value of the crosswalk, the answer its key. */
    readonly inverse: boolean
    readonly value: PlanJson | undefined
    readonly at: At
  }[]
  readonly expectations: readonly PlanExpectation[]
  /** Variables of the conditions: 0 is the target, then one per source in order, then the givens. */
  readonly variables: readonly PlanVariable[]
  readonly at: At
}
export type PlanExpectation =
  /** `path op value` on the result; path members and 0-based indexes. Of a set map it starts with `out` and the index of a record. */
  | {
      readonly kind: "value"
      readonly path: readonly (string | number)[]
      readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">="
      readonly value: PlanJson
      readonly type: WireType
      readonly at: At
    }
  | {
      readonly kind: "presence"
      readonly path: readonly (string | number)[]
      readonly present: boolean
      readonly at: At
    }
  /** The whole result is that of a file (project-relative), in its wire form; a path that is ignored holds for every row unless it names one. */
  | {
      readonly kind: "like"
      readonly file: string
      readonly ignoring: readonly (readonly (string | number)[])[]
      readonly at: At
    }
  /** `dropped == 1`: rows left by `skip row`. */
  | { readonly kind: "dropped"; readonly count: number; readonly at: At }
  /** `held == 2`: rows of a set map by outcome. */
  | {
      readonly kind: "count"
      readonly of: "out" | "rejected" | "held" | "dropped"
      readonly count: number
      readonly at: At
    }
  /** Of a set map the path starts with the walked source and the index of a row. */
  | {
      readonly kind: "outcome"
      readonly verb: "hold" | "reject" | "warn" | "skip"
      readonly code: string
      readonly path: readonly (string | number)[] | null
      readonly at: At
    }

export type {
  At,
  Label,
  PlanAllow,
  PlanBinding,
  PlanBlock,
  PlanConsumed,
  PlanConsumer,
  PlanExpression,
  PlanFlow,
  PlanPolicy,
  PlanPolicyRule,
  PlanPolicySubject,
  PlanStep,
  UnitSource,
  ValueType,
  VariableId,
  WireType,
}
