// FM62xx: crosswalks, calendars and their files.
import { entry } from "./entry.ts"

export const crosswalks = {
  FM6201: entry<{ name: string }>({
    title: "Crosswalk without rows",
    severity: "error",
    message: p => `The crosswalk "${p.name}" has neither rows nor a file.`,
  }),
  FM6202: entry<{ name: string }>({
    title: "Crosswalk with rows and a file",
    severity: "error",
    message: p => `The crosswalk "${p.name}" has rows of its own and a file; only one of them can decide.`,
  }),
  FM6203: entry<{ wanted: string; given: string }>({
    title: "Row with another number of keys",
    severity: "error",
    message: p => `This row has ${p.given}; the crosswalk looks up ${p.wanted}.`,
  }),
  FM6204: entry<{ what: string; problem: string }>({
    title: "Value does not fit",
    severity: "error",
    message: p => `${p.what} does not fit: ${p.problem}.`,
  }),
  FM6205: entry<{ key: string }>({
    title: "Key twice",
    severity: "error",
    message: p => `Two rows have the key ${p.key}.`,
  }),
  FM6206: entry<{ missing: string; more: string }>({
    title: "Keys without a row",
    severity: "warning",
    message: p => `No row covers ${p.missing}${p.more}.`,
  }),
  FM6207: entry<{ name: string }>({
    title: "Useless unmapped",
    severity: "error",
    message: p => `The rows of "${p.name}" cover every key, so "unmapped" can never happen.`,
  }),
  FM6208: entry<{ name: string; type: string }>({
    title: "Type cannot be a key",
    severity: "error",
    message: p =>
      `"${p.name}" is ${p.type}; a crosswalk looks up texts, codes, enums, whole numbers, booleans and dates.`,
  }),
  FM6209: entry<{ word: string }>({
    title: "Unknown form of keys",
    severity: "error",
    message: p => `"key ${p.word}" is unknown: keys are "key exact", "key folded" or "key trimmed".`,
  }),
  FM6210: entry<{ name: string }>({
    title: "Crosswalk without keys",
    severity: "error",
    message: p => `The crosswalk "${p.name}" has no parameters, so nothing could be looked up.`,
  }),
  FM6211: entry<{ field: string; of: string }>({
    title: "Field without a value",
    severity: "error",
    message: p => `The required field "${p.field}" of ${p.of} has no value here.`,
  }),
  FM6212: entry<{ problem: string }>({
    title: "Unmapped cannot be this",
    severity: "error",
    message: p => `After "unmapped" stands hold or reject with a code, or one constant: ${p.problem}.`,
  }),
  FM6213: entry<{ name: string; file: string }>({
    title: "No column for a value",
    severity: "error",
    message: p => `No column of "${p.file}" is named for "${p.name}".`,
  }),
  FM6214: entry<{ name: string; of: string }>({
    title: "Column for an unknown name",
    severity: "error",
    message: p => `"${p.name}" is neither a parameter nor part of the result of "${p.of}".`,
  }),
  FM6215: entry<{ column: string; file: string }>({
    title: "Missing column",
    severity: "error",
    message: p => `"${p.file}" has no column "${p.column}".`,
  }),
  FM6216: entry<{ file: string; line: string; problem: string }>({
    title: "Bad row in a file",
    severity: "error",
    message: p => `${p.file}:${p.line}: ${p.problem}.`,
  }),
  FM6217: entry<{ file: string; line: string; problem: string }>({
    title: "Key twice in a file",
    severity: "error",
    message: p => `${p.file}:${p.line}: ${p.problem}.`,
  }),
  FM6218: entry<{ problem: string }>({
    title: "Filter of a file",
    severity: "error",
    message: p =>
      `After "where" of a file stand comparisons of a column with a text or with true or false, joined by "and": ${p.problem}.`,
  }),
  FM6219: entry<{ file: string; count: string }>({
    title: "More bad rows",
    severity: "error",
    message: p => `${p.file} has ${p.count === "1" ? "one more bad row" : `${p.count} more bad rows`}.`,
  }),
  FM6221: entry<{ type: string }>({
    title: "Result not readable from a file",
    severity: "error",
    message: p =>
      `The result is ${p.type}, which does not fit into cells of a file; use single values or a record of single values.`,
  }),
  FM6230: entry<{ clause: string }>({
    title: "Calendar clause twice",
    severity: "error",
    message: p => `"${p.clause}" stands twice in this calendar.`,
  }),
  FM6231: entry<{ name: string; problem: string }>({
    title: "Calendar is incomplete",
    severity: "error",
    message: p => `The calendar "${p.name}" ${p.problem}.`,
  }),
  FM6232: entry<{ first: string; second: string }>({
    title: "Calendar contradicts itself",
    severity: "error",
    message: p => `"${p.first}" and "${p.second}" cannot stand in one calendar.`,
  }),
  FM6233: entry<{ what: string; wanted: string }>({
    title: "Not understood in a calendar",
    severity: "error",
    message: p => `${p.what} is not ${p.wanted}.`,
  }),
  FM6234: entry<{ name: string }>({
    title: "Fiscal year without a name",
    severity: "error",
    message: p =>
      `A fiscal year of "${p.name}" lies in two calendar years; say which of them gives it its name.`,
  }),
  FM6235: entry<{ name: string; wanted: string }>({
    title: "Unknown column of a calendar",
    severity: "error",
    message: p => `"${p.name}" is nothing such a file is read for; columns are named for ${p.wanted}.`,
  }),
} as const
