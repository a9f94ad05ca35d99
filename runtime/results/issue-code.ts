// The runtime's own issue codes: what the door can say about a payload, and what an assignment can. Author codes stand
// beside these in an Issue. Each has a page FM9xxx.

/** In the order of their pages FM9001 … */
export const issueCodes = [
  "MISSING_FIELD",
  "WRONG_TYPE",
  "NOT_AN_OBJECT",
  "UNKNOWN_FIELD",
  "BAD_NUMBER",
  "INEXACT_NUMBER",
  "TOO_MANY_DECIMALS",
  "OUT_OF_RANGE",
  "TOO_SHORT",
  "TOO_LONG",
  "BAD_PATTERN",
  "BAD_TEXT",
  "BAD_DATE",
  "BAD_DATETIME",
  "BAD_INSTANT",
  "UNKNOWN_MEMBER",
  "UNKNOWN_CURRENCY",
  "UNKNOWN_COUNTRY",
  "UNKNOWN_LANGUAGE",
  "BAD_MINOR_UNITS",
  "TOO_FEW_ROWS",
  "TOO_MANY_ROWS",
  "TOO_DEEP",
  "NOT_EXACTLY_ONE",
  "MORE_THAN_ONE",
  "NOT_ALL_OR_NONE",
  "BAD_PERIOD",
  "UNKNOWN_KIND",
  "AMBIGUOUS_KIND",
  "BAD_BITMAP",
] as const

export type IssueCode = (typeof issueCodes)[number]
