// FM1xxx: reading bytes (FM100x), characters and tokens (FM10xx), and the grammar (FM11xx).
import { entry } from "./entry.ts"

export const syntax = {
  FM1001: entry<{ offset: number }>({
    title: "Not UTF-8",
    severity: "error",
    message: p => `The file is not valid UTF-8: byte ${p.offset} cannot be read as text.`,
  }),
  FM1002: entry<{ offset: number }>({
    title: "Binary file",
    severity: "error",
    message: p => `The file is binary: byte ${p.offset} is zero.`,
  }),
  FM1004: entry<{ character: string }>({
    title: "Unknown character",
    severity: "error",
    message: p => `The character ${p.character} has no meaning here.`,
  }),
  FM1005: entry<Record<never, never>>({
    title: "Text not closed",
    severity: "error",
    message: () => "The text has no closing quote on its line.",
  }),
  FM1006: entry<{ text: string; reason: string }>({
    title: "Malformed number",
    severity: "error",
    message: p => `"${p.text}" is not a number: ${p.reason}.`,
  }),
  FM1007: entry<{ text: string }>({
    title: "Digits before the point",
    severity: "error",
    message: p => `A number needs a digit before its point: "${p.text}".`,
  }),
  FM1008: entry<{ name: string }>({
    title: "Name not normalised",
    severity: "error",
    message: p =>
      `The name "${p.name}" is not in Unicode normal form NFC, so it would not equal the same name typed elsewhere.`,
  }),
  FM1009: entry<{ code: string }>({
    title: "Invisible character",
    severity: "error",
    message: p =>
      `The invisible character ${p.code} could make the text mean something other than what it shows.`,
  }),
  FM1010: entry<Record<never, never>>({
    title: "Wrong quotes",
    severity: "error",
    message: () => "Texts stand in double quotes.",
  }),
  FM1011: entry<{ sign: string; instead: string }>({
    title: "Foreign operator",
    severity: "error",
    message: p => `fmap has no "${p.sign}"; write "${p.instead}".`,
  }),
  FM1012: entry<Record<never, never>>({
    title: "Semicolon",
    severity: "error",
    message: () => "Statements end with their line; there are no semicolons.",
  }),
  FM1013: entry<{ escape: string }>({
    title: "Unknown escape",
    severity: "error",
    message: p => `"${p.escape}" is no escape; a text knows \\", \\\\, \\n, \\t, \\u{…}, {{ and }}.`,
  }),
  FM1014: entry<{ text: string }>({
    title: "Malformed hole",
    severity: "error",
    message: p =>
      `"${p.text}" is no hole; a hole holds a name or path, with an optional format after a colon.`,
  }),
  FM1015: entry<{ text: string }>({
    title: "Version out of place",
    severity: "error",
    message: p => `"${p.text}" reads as a version, and a version stands only after "version" or "since".`,
  }),
  FM1016: entry<Record<never, never>>({
    title: "Documentation of nothing",
    severity: "warning",
    message: () => "This documentation stands before nothing that can be documented.",
  }),
  FM1017: entry<{ operator: string }>({
    title: "No such operator",
    severity: "error",
    message: p => `There is no operator "${p.operator}".`,
  }),
  FM1018: entry<Record<never, never>>({
    title: "Empty name",
    severity: "error",
    message: () => "A name in backticks needs at least one character.",
  }),

  FM1101: entry<{ expected: string; found: string }>({
    title: "Something else expected",
    severity: "error",
    message: p => `Expected ${p.expected}, found ${p.found}.`,
  }),
  FM1102: entry<{ found: string }>({
    title: "Not a declaration",
    severity: "error",
    message: p => `A declaration must begin here, found ${p.found}.`,
  }),
  FM1103: entry<{ found: string; declaration: string; clauses: string }>({
    title: "Unknown clause",
    severity: "error",
    message: p => `${p.found} is no clause of a ${p.declaration}; it takes ${p.clauses}.`,
  }),
  FM1104: entry<{ clause: string; declaration: string }>({
    title: "Clause given twice",
    severity: "error",
    message: p => `The ${p.declaration} says ${p.clause}; the first one stands.`,
  }),
  FM1105: entry<{ bracket: string }>({
    title: "Bracket not closed",
    severity: "error",
    message: p => `This "${p.bracket}" is never closed.`,
  }),
  FM1106: entry<{ bracket: string }>({
    title: "Bracket without opening",
    severity: "error",
    message: p => `This "${p.bracket}" closes nothing.`,
  }),
  FM1107: entry<Record<never, never>>({
    title: "Line begins with minus",
    severity: "error",
    message: () => "A line cannot begin with a minus: it could end the line above or begin a new one.",
  }),
  FM1108: entry<Record<never, never>>({
    title: "Comparisons do not chain",
    severity: "error",
    message: () => 'Two comparisons in a row mean nothing; join them with "and".',
  }),
  FM1109: entry<{ limit: number }>({
    title: "Nested too deeply",
    severity: "error",
    message: p => `This is nested more than ${p.limit} levels deep.`,
  }),
  FM1110: entry<Record<never, never>>({
    title: "Assignment in a condition",
    severity: "error",
    message: () => 'A condition compares with "=="; a single "=" assigns.',
  }),
  FM1111: entry<{ target: string }>({
    title: "Comparison as a statement",
    severity: "error",
    message: p => `"${p.target} ==" compares; an assignment is written with a single "=".`,
  }),
  FM1112: entry<Record<never, never>>({
    title: "No if",
    severity: "error",
    message: () => 'There is no "if"; a value is chosen with "match".',
  }),
  FM1113: entry<{ word: string }>({
    title: "No null",
    severity: "error",
    message: p => `There is no "${p.word}"; a value that is not there is "missing".`,
  }),
  FM1114: entry<{ verb: string }>({
    title: "Way out without else",
    severity: "error",
    message: p => `"${p.verb}" is a way out and stands only after "else", after "->" or after "unmapped".`,
  }),
  FM1115: entry<{ found: string }>({
    title: "Unknown modifier",
    severity: "error",
    message: p => `${p.found} is no modifier of a field.`,
  }),
  FM1116: entry<{ found: string }>({
    title: "Version expected",
    severity: "error",
    message: p => `A version has three numbers, such as 1.0.0, found ${p.found}.`,
  }),
  FM1117: entry<{ found: string; body: string }>({
    title: "Not a statement",
    severity: "error",
    message: p => `${p.found} begins no line of ${p.body}.`,
  }),
  FM1118: entry<{ found: string }>({
    title: "Line must end",
    severity: "error",
    message: p => `The line must end before ${p.found}; one statement stands on one line.`,
  }),
  FM1119: entry<{ name: string }>({
    title: "No methods",
    severity: "error",
    message: p => `There are no methods: a function stands before its argument, as in "${p.name}(…)".`,
  }),
  FM1120: entry<Record<never, never>>({
    title: "Else in a condition",
    severity: "error",
    message: () => 'A condition has no "else" of its own; put the value and its "else" in brackets.',
  }),
  FM1121: entry<{ count: number }>({
    title: "Too many errors",
    severity: "error",
    message: p => `There are more than ${p.count} errors in this file; the rest is not shown.`,
  }),
  FM1130: entry<{ found: string }>({
    title: "Inclusive or exclusive",
    severity: "error",
    message: p => `After the last day stands inclusive or exclusive, found ${p.found}.`,
  }),
} as const
