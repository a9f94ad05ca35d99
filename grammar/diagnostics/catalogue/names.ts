// FM2xxx: which declaration a name means.
import { entry } from "./entry.ts"

export const names = {
  FM2001: entry<{ name: string }>({
    title: "Unknown type",
    severity: "error",
    message: p => `There is no type, record, contract or enum named "${p.name}" in this file.`,
  }),
  FM2002: entry<{ name: string }>({
    title: "Name declared twice",
    severity: "error",
    message: p => `"${p.name}" is declared twice in this file.`,
  }),
  FM2003: entry<{ kind: string; name: string; file: string }>({
    title: "Name declared in two files",
    severity: "error",
    message: p =>
      `A ${p.kind} "${p.name}" is already declared in ${p.file}; systems, maps, flows and consumers are called by name in the whole project.`,
  }),
  FM2004: entry<{ name: string; file: string }>({
    title: "Imported name not declared",
    severity: "error",
    message: p => `${p.file} does not declare "${p.name}".`,
  }),
  FM2005: entry<{ name: string }>({
    title: "Import clashes with another name",
    severity: "error",
    message: p => `"${p.name}" already means something else in this file.`,
  }),
  FM2006: entry<{ name: string }>({
    title: "Unused import",
    severity: "warning",
    message: p => `"${p.name}" is imported and not used.`,
  }),
  FM2007: entry<{ name: string; kind: string }>({
    title: "Name not in PascalCase",
    severity: "warning",
    message: p => `The ${p.kind} "${p.name}" should begin with a capital letter and have no underscores.`,
  }),
  FM2008: entry<{ name: string; is: string; wanted: string }>({
    title: "Name of another kind",
    severity: "error",
    message: p => `"${p.name}" is ${p.is}; here stands ${p.wanted}.`,
  }),
  FM2009: entry<{ name: string }>({
    title: "Field declared twice",
    severity: "error",
    message: p => `"${p.name}" is declared twice here.`,
  }),
  FM2010: entry<{ name: string; of: string }>({
    title: "Unknown field",
    severity: "error",
    message: p => `${p.of} has no field "${p.name}".`,
  }),
  FM2011: entry<{ name: string; what: string }>({
    title: "Unknown currency or unit",
    severity: "error",
    message: p => `"${p.name}" is no ${p.what}, and no field or parameter here.`,
  }),
  FM2012: entry<{ name: string }>({
    title: "Field and currency of one name",
    severity: "error",
    message: p => `"${p.name}" is a currency and also a field here; nobody could tell which is meant.`,
  }),
  FM2013: entry<{ name: string }>({
    title: "Unknown system",
    severity: "error",
    message: p => `There is no system named "${p.name}" in this file.`,
  }),
  FM2014: entry<{ name: string }>({
    title: "Unknown map",
    severity: "error",
    message: p => `There is no map named "${p.name}" in this file.`,
  }),
  FM2015: entry<{ name: string }>({
    title: "Unknown crosswalk",
    severity: "error",
    message: p => `There is no crosswalk named "${p.name}" in this file.`,
  }),
  FM2016: entry<{ name: string; role: string }>({
    title: "Name given twice",
    severity: "error",
    message: p => `Two ${p.role} are named "${p.name}".`,
  }),
  FM2030: entry<{ name: string }>({
    title: "Unknown calendar",
    severity: "error",
    message: p => `There is no calendar "${p.name}" here.`,
  }),
} as const
