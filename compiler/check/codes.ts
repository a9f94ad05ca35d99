// Codes the runtime itself gives; authors may not use them for something else.
export const reservedCodes: ReadonlySet<string> = new Set([
  "MISSING_FIELD", "WRONG_TYPE", "NOT_AN_OBJECT", "UNKNOWN_FIELD", "BAD_NUMBER", "INEXACT_NUMBER", "TOO_MANY_DECIMALS", "OUT_OF_RANGE",
  "TOO_SHORT", "TOO_LONG", "BAD_PATTERN", "BAD_TEXT", "BAD_DATE", "BAD_DATETIME", "BAD_INSTANT", "UNKNOWN_MEMBER", "BAD_MINOR_UNITS",
  "TOO_FEW_ROWS", "TOO_MANY_ROWS", "TOO_DEEP",
])
