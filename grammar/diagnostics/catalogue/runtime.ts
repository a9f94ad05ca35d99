// FM9xxx: what can be wrong with a record at run time. Each title is the code an issue carries (runtime/results/issue-code.ts),
// so that `fmap explain WRONG_TYPE` and `fmap explain FM9002` are one page.
import { entry } from "./entry.ts"

export const runtime = {
  FM9001: entry<{ pointer: string }>({
    title: "MISSING_FIELD",
    severity: "error",
    message: p => `The record has no value at ${p.pointer}, and the contract requires one.`,
  }),
  FM9002: entry<{ pointer: string; expected: string; found: string }>({
    title: "WRONG_TYPE",
    severity: "error",
    message: p => `Expected ${p.expected} at ${p.pointer}, found ${p.found}; nothing is converted.`,
  }),
  FM9003: entry<{ pointer: string; found: string }>({
    title: "NOT_AN_OBJECT",
    severity: "error",
    message: p => `Expected an object at ${p.pointer}, found ${p.found}.`,
  }),
  FM9004: entry<{ pointer: string }>({
    title: "UNKNOWN_FIELD",
    severity: "error",
    message: p => `The closed contract does not name the field at ${p.pointer}.`,
  }),
  FM9005: entry<{ pointer: string }>({
    title: "BAD_NUMBER",
    severity: "error",
    message: p => `The value at ${p.pointer} is not a plain decimal number.`,
  }),
  FM9006: entry<{ pointer: string }>({
    title: "INEXACT_NUMBER",
    severity: "error",
    message: p =>
      `The number at ${p.pointer} has more than 15 digits and came through a JS number, which may have lost some.`,
  }),
  FM9007: entry<{ pointer: string; scale: number }>({
    title: "TOO_MANY_DECIMALS",
    severity: "error",
    message: p => `The number at ${p.pointer} has more than ${p.scale} digits after the point.`,
  }),
  FM9008: entry<{ pointer: string; range: string }>({
    title: "OUT_OF_RANGE",
    severity: "error",
    message: p => `The value at ${p.pointer} is outside ${p.range}.`,
  }),
  FM9009: entry<{ pointer: string; min: number }>({
    title: "TOO_SHORT",
    severity: "error",
    message: p => `The text at ${p.pointer} is shorter than ${p.min}.`,
  }),
  FM9010: entry<{ pointer: string; max: number }>({
    title: "TOO_LONG",
    severity: "error",
    message: p => `The text at ${p.pointer} is longer than ${p.max}.`,
  }),
  FM9011: entry<{ pointer: string; pattern: string }>({
    title: "BAD_PATTERN",
    severity: "error",
    message: p => `The text at ${p.pointer} does not match the pattern ${p.pattern}.`,
  }),
  FM9012: entry<{ pointer: string }>({
    title: "BAD_TEXT",
    severity: "error",
    message: p => `The text at ${p.pointer} has half of a surrogate pair, which is no character.`,
  }),
  FM9013: entry<{ pointer: string; form: string }>({
    title: "BAD_DATE",
    severity: "error",
    message: p => `The value at ${p.pointer} is not a date in the form ${p.form}.`,
  }),
  FM9014: entry<{ pointer: string; form: string }>({
    title: "BAD_DATETIME",
    severity: "error",
    message: p => `The value at ${p.pointer} is not a local date and time in the form ${p.form}.`,
  }),
  FM9015: entry<{ pointer: string; form: string }>({
    title: "BAD_INSTANT",
    severity: "error",
    message: p => `The value at ${p.pointer} is not a point in time in the form ${p.form}.`,
  }),
  FM9016: entry<{ pointer: string }>({
    title: "UNKNOWN_MEMBER",
    severity: "error",
    message: p => `The value at ${p.pointer} is not among the values its field may have.`,
  }),
  FM9017: entry<{ pointer: string }>({
    title: "UNKNOWN_CURRENCY",
    severity: "error",
    message: p => `The value at ${p.pointer} is no active currency code of ISO 4217.`,
  }),
  FM9018: entry<{ pointer: string }>({
    title: "UNKNOWN_COUNTRY",
    severity: "error",
    message: p => `The value at ${p.pointer} is no country code of ISO 3166-1 alpha-2.`,
  }),
  FM9019: entry<{ pointer: string }>({
    title: "UNKNOWN_LANGUAGE",
    severity: "error",
    message: p => `The value at ${p.pointer} is no language code of ISO 639-1.`,
  }),
  FM9020: entry<{ pointer: string; currency: string; minor: number }>({
    title: "BAD_MINOR_UNITS",
    severity: "error",
    message: p =>
      `The amount at ${p.pointer} has more than the ${p.minor} digits after the point that ${p.currency} has.`,
  }),
  FM9021: entry<{ pointer: string; min: number }>({
    title: "TOO_FEW_ROWS",
    severity: "error",
    message: p => `The list at ${p.pointer} has fewer than ${p.min} rows.`,
  }),
  FM9022: entry<{ pointer: string; max: number }>({
    title: "TOO_MANY_ROWS",
    severity: "error",
    message: p => `The list at ${p.pointer} has more than ${p.max} rows.`,
  }),
  FM9023: entry<{ pointer: string }>({
    title: "TOO_DEEP",
    severity: "error",
    message: p => `The value at ${p.pointer} is nested too deep.`,
  }),
  FM9024: entry<{ line: number; column: number; problem: string }>({
    title: "BAD_JSON",
    severity: "error",
    message: p => `The input is not JSON at line ${p.line}, column ${p.column}: ${p.problem}`,
  }),
  FM9025: entry<{ line: number }>({
    title: "BAD_UTF8",
    severity: "error",
    message: p => `The input is not UTF-8 in line ${p.line}.`,
  }),
  FM9026: entry<{ line: number; key: string }>({
    title: "DUPLICATE_KEY",
    severity: "error",
    message: p => `The key "${p.key}" stands twice in one object, in line ${p.line}.`,
  }),
  FM9027: entry<{ pointer: string; text: string }>({
    title: "DEFAULT_USED",
    severity: "warning",
    message: p => `The field at ${p.pointer} is missing; its default ${p.text} was used.`,
  }),
  FM9081: entry<{ pointer: string; fields: string }>({
    title: "NOT_EXACTLY_ONE",
    severity: "error",
    message: p => `Exactly one of ${p.fields} must have a value at ${p.pointer}.`,
  }),
  FM9082: entry<{ pointer: string; fields: string }>({
    title: "MORE_THAN_ONE",
    severity: "error",
    message: p => `At most one of ${p.fields} may have a value at ${p.pointer}.`,
  }),
  FM9083: entry<{ pointer: string; fields: string }>({
    title: "NOT_ALL_OR_NONE",
    severity: "error",
    message: p => `All or none of ${p.fields} must have a value at ${p.pointer}.`,
  }),
  FM9090: entry<{ rows: number }>({
    title: "INCOMPLETE_GROUP",
    severity: "error",
    message: p => `${p.rows} rows that may belong to the group were held or rejected.`,
  }),
  FM9030: entry<{ pointer: string }>({
    title: "BAD_PERIOD",
    severity: "error",
    message: p => `The value at ${p.pointer} is no period of its calendar.`,
  }),
  FM9031: entry<{ pointer: string }>({
    title: "PERIOD_REDIRECTED",
    severity: "warning",
    message: p => `The period of the date at ${p.pointer} is closed; the next open one was used.`,
  }),
  FM9032: entry<{ pointer: string }>({
    title: "BAD_BITMAP",
    severity: "error",
    message: p =>
      `The list at ${p.pointer} holds a bitmap that does not fit the fields of the event's schema.`,
  }),
} as const
