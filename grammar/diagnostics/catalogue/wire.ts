// FM65xx and FM91xx: how documents travel. What a system says about its wire, and what is wrong with a file before its records can be judged.
import { entry } from "./entry.ts"

export const wire = {
  FM6501: entry<{ option: string; problem: string }>({
    title: "Wire option not possible",
    severity: "error",
    message: p => `The wire option "${p.option}" cannot be this: ${p.problem}.`,
  }),
  FM6502: entry<{ field: string; type: string; profile: string; wanted: string }>({
    title: "Type that the wire cannot hold",
    severity: "error",
    message: p => `"${p.field}" is ${p.type}, which ${p.profile} cannot hold: ${p.wanted}.`,
  }),
  FM6503: entry<{ name: string; problem: string }>({
    title: "Name that is none in XML",
    severity: "error",
    message: p => `"${p.name}" names nothing in XML: ${p.problem}.`,
  }),
  FM9100: entry<{ line: number; problem: string }>({
    title: "BAD_CSV",
    severity: "error",
    message: p => `Line ${p.line} is no row of CSV: ${p.problem}.`,
  }),
  FM9101: entry<{ line: number; cells: number; columns: number }>({
    title: "RAGGED_ROW",
    severity: "error",
    message: p => `The row in line ${p.line} has ${p.cells} cells, and there are ${p.columns} columns.`,
  }),
  FM9102: entry<{ problem: string }>({
    title: "BAD_HEADER",
    severity: "error",
    message: p => `The header does not name the columns: ${p.problem}.`,
  }),
  FM9103: entry<{ line: number; encoding: string }>({
    title: "BAD_ENCODING",
    severity: "error",
    message: p => `Line ${p.line} holds bytes that mean nothing in ${p.encoding}.`,
  }),
  FM9104: entry<{ pointer: string }>({
    title: "INCOMPLETE_LIST",
    severity: "error",
    message: p => `The list at ${p.pointer} goes on in another document.`,
  }),
  FM9105: entry<{ line: number; column: number; problem: string }>({
    title: "BAD_XML",
    severity: "error",
    message: p => `The document is no XML at line ${p.line}, column ${p.column}: ${p.problem}`,
  }),
  FM9106: entry<{ wanted: string; found: string }>({
    title: "WRONG_DOCUMENT",
    severity: "error",
    message: p => `Expected the element ${p.wanted}, found another called ${p.found}.`,
  }),
  FM9107: entry<{ pointer: string; problem: string }>({
    title: "UNWRITABLE",
    severity: "error",
    message: p => `The value at ${p.pointer} cannot be written in this format: ${p.problem}.`,
  }),
}
