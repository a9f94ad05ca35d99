// FM7xxx: files, imports, configuration.
import { entry } from "./entry.ts"

export const project = {
  FM7001: entry<{ file: string }>({
    title: "File not found",
    severity: "error",
    message: p => `The file "${p.file}" does not exist.`,
  }),
} as const
