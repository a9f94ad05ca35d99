// FM7xxx: files, imports, configuration.
import { entry } from "./entry.ts"

export const project = {
  FM7001: entry<{ file: string }>({
    title: "File not found",
    severity: "error",
    message: p => `The file "${p.file}" does not exist.`,
  }),
  FM7002: entry<{ file: string; reason: string }>({
    title: "File not readable",
    severity: "error",
    message: p => `The file "${p.file}" cannot be read: ${p.reason}.`,
  }),
  FM7003: entry<{ path: string }>({
    title: "Path leaves the project",
    severity: "error",
    message: p => `"${p.path}" leads out of the project's folder; a project reads only its own files.`,
  }),
  FM7004: entry<{ path: string }>({
    title: "Absolute path",
    severity: "error",
    message: p => `"${p.path}" is an absolute path; it would mean another file on another machine.`,
  }),
  FM7006: entry<{ cycle: string }>({
    title: "Import cycle",
    severity: "error",
    message: p => `These files import each other in a circle: ${p.cycle}.`,
  }),
  FM7007: entry<{ file: string }>({
    title: "File imports itself",
    severity: "error",
    message: p => `"${p.file}" imports itself; its own declarations need no import.`,
  }),
  FM7008: entry<{ path: string }>({
    title: "Path names no file",
    severity: "error",
    message: p => `"${p.path}" does not name a file.`,
  }),
  FM7009: entry<{ file: string; size: string; limit: string }>({
    title: "File too big",
    severity: "error",
    message: p => `The file "${p.file}" has ${p.size}; at most ${p.limit} are read.`,
  }),
  FM7010: entry<{ format: string }>({
    title: "Unknown file format",
    severity: "error",
    message: p => `A crosswalk cannot be read from "${p.format}"; known are csv and json.`,
  }),
  FM7011: entry<{ file: string }>({
    title: "File is not UTF-8 text",
    severity: "error",
    message: p => `The file "${p.file}" is not UTF-8 text.`,
  }),
  FM7012: entry<{ file: string }>({
    title: "File without a header",
    severity: "error",
    message: p => `The file "${p.file}" is empty; its first line should name the columns.`,
  }),
} as const
