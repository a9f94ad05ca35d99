// Signs and numbers of other languages, each with its own sentence and fix. Flows in: a token. Flows out: its diagnostic.
import type { IToken } from "chevrotain"
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "./token-types.ts"

const instead: ReadonlyMap<string, string> = new Map([
  ["&&", "and"],
  ["||", "or"],
  ["!", "not"],
  ["=>", "->"],
  ["===", "=="],
  ["!==", "!="],
  ["<>", "!="],
  [":=", "="],
])

export function reportForeign(token: IToken, file: string, text: string): Diagnostic {
  const { image, startOffset: start } = token
  const place = { file, span: { start, end: start + image.length } }
  const fix = (replacement: string, help = `Write ${replacement}.`) => ({
    help,
    edits: [{ place, text: replacement }],
  })
  switch (token.tokenType) {
    case t.Version:
      return diagnostic("FM1015", { text: image }, place, { label: "three numbers with points" })
    case t.BadNumber:
      return diagnostic("FM1006", { text: image, reason: reasonOf(image) }, place, {
        label: "written so",
        ...numberFix(image, fix),
      })
    case t.BareFraction:
      return diagnostic("FM1007", { text: image }, place, {
        label: "begins with a point",
        ...fix(`0${image}`),
      })
    case t.OpenText:
      return diagnostic("FM1005", {}, place, {
        label: "the text begins here",
        help: "Close it with a quote.",
        edits: [{ place: { file, span: { start: place.span.end, end: place.span.end } }, text: '"' }],
      })
    case t.SingleQuoted:
      return diagnostic("FM1010", {}, place, {
        label: image.startsWith("'") ? "in single quotes" : "in printed quotes",
        ...fix(`"${image.slice(1, -1).replaceAll('"', '\\"')}"`),
      })
    default:
  }
  const known = instead.get(image)
  if (known !== undefined) {
    const gap = image === "!" && text.charAt(place.span.end) !== " " ? " " : ""
    return diagnostic("FM1011", { sign: image, instead: known }, place, {
      label: "written so",
      ...fix(known + gap, `Write "${known}".`),
    })
  }
  if (image === ";")
    return diagnostic("FM1012", {}, place, { label: "a semicolon", ...fix("", "Remove it.") })
  if (image === "%") {
    return diagnostic("FM1017", { operator: "%" }, place, {
      label: "a percent sign stands only directly after a number",
    })
  }
  const code = image.codePointAt(0) ?? 0
  const shown =
    code > 32 && code !== 127 ? `"${image}"` : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`
  return diagnostic("FM1004", { character: shown }, place, {
    label: "this character",
    ...characterHelp(image, code),
  })
}

function characterHelp(image: string, code: number): { help?: string } {
  if (/\p{Sc}/u.test(image)) return { help: "Write a currency by its code, as in 5.00 EUR." }
  return code > 32 && code !== 127 ? { help: "Remove it; a name that has it stands in backticks." } : {}
}

function reasonOf(image: string): string {
  if (/^0[0-9]/.test(image)) return "it begins with a zero that counts for nothing"
  if (/^[0-9.]+[eE]/.test(image)) return "numbers are written out, without exponent"
  if (image.includes("_")) return "digits are not grouped"
  if (/^[0-9.]+$/.test(image)) return "it has more than one point"
  return "a letter touches it"
}

function numberFix(
  image: string,
  fix: (text: string) => { help: string; edits: { place: Diagnostic["labels"][0]["place"]; text: string }[] },
) {
  if (/^0+[0-9]+(\.[0-9]+)?$/.test(image)) return fix(image.replace(/^0+(?=[0-9])/, ""))
  if (/^[0-9][0-9_]*(\.[0-9_]+)?$/.test(image)) return fix(image.replaceAll("_", ""))
  return {}
}
