// The `wire` clause of a system. Flows in: the clause. Flows out: the forms of values its contracts presume, and how its documents travel; what
// is not understood is reported, and the profile's own stands.
import {
  diagnostic,
  type Name,
  type Path,
  type TextLiteral,
  type WireClause,
  type WireOption,
} from "@fmap/grammar"
import { patternProblem } from "@fmap/runtime"
import type { CsvTransport, Encoding, Transport, XmlTransport } from "@fmap/runtime/wire"
import type { TimeWire } from "../plan/index.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { closest } from "./closest.ts"
import type { WireDefaults } from "./model.ts"
import {
  contractHole,
  languageDefaults,
  type WireFamily,
  type WireProfile,
  wireProfiles,
} from "./wire-profiles.ts"

export interface BoundWire {
  readonly defaults: WireDefaults
  readonly transport: Transport | null
}

interface Context {
  readonly file: string
  readonly found: Findings
  /** Reports that the value of an option cannot be. */
  readonly wrong: (option: WireOption, problem: string) => null
  /** Reports a word that is none of those wanted. */
  readonly unknown: (option: WireOption, wanted: readonly string[]) => null
}

export function bindWire(clause: WireClause | null, file: string, found: Findings): BoundWire {
  const none: BoundWire = { defaults: languageDefaults, transport: null }
  if (clause === null) return none
  const at = placeIn(file)
  const profile = wireProfiles.find(one => one.name === clause.format.text)
  if (profile === undefined) {
    const names = wireProfiles.map(one => one.name)
    const near = closest(clause.format.text, names)
    found.report(
      diagnostic(
        "FM6102",
        { clause: "wire", word: clause.format.text, wanted: names.join(", ") },
        at(clause.format),
        near === null
          ? {}
          : { help: `Did you mean ${near}?`, edits: [{ place: at(clause.format), text: near }] },
      ),
    )
    return none
  }
  const context: Context = {
    file,
    found,
    wrong: (option, problem) => {
      found.report(diagnostic("FM6501", { option: option.name.text, problem }, at(option.value)))
      return null
    },
    unknown: (option, wanted) => {
      const word = textOf(option.value) ?? wordOf(option.value) ?? "…"
      found.report(
        diagnostic("FM6102", { clause: option.name.text, word, wanted: wanted.join(", ") }, at(option.value)),
      )
      return null
    },
  }
  let bound: BoundWire = { defaults: profile.defaults, transport: profile.transport }
  const said = new Set<string>()
  for (const option of clause.options) {
    const { text } = option.name
    if (!isKnown(text, profile)) {
      reportUnknown(option.name, profile, at, found)
      continue
    }
    if (said.has(text)) {
      found.report(diagnostic("FM6106", { name: text }, at(option)))
      continue
    }
    said.add(text)
    bound = withOption(bound, option, profile, context)
  }
  const { transport } = bound
  const clash =
    transport?.kind === "csv" ? csvClash(transport) : transport?.kind === "xml" ? undeclared(transport) : null
  if (clash !== null) found.report(diagnostic("FM6501", clash, at(clause)))
  return bound
}

function isKnown(name: string, profile: WireProfile): boolean {
  if (profile.families.some(family => family === name) || profile.options.includes(name)) return true
  return profile.name === "xml" && /^xmlns:[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name)
}

function reportUnknown(
  name: Name,
  profile: WireProfile,
  at: ReturnType<typeof placeIn>,
  found: Findings,
): void {
  const wanted = [...new Set([...profile.families, ...profile.options])]
  const near = closest(name.text, wanted)
  found.report(
    diagnostic("FM6103", { name: name.text, wanted: wanted.join(", ") }, at(name), {
      ...(near === null ? {} : { help: `Did you mean ${near}?`, edits: [{ place: at(name), text: near }] }),
    }),
  )
}

function withOption(
  { defaults, transport }: BoundWire,
  option: WireOption,
  profile: WireProfile,
  context: Context,
): BoundWire {
  const { text } = option.name
  const isTransport = profile.options.includes(text) || text.startsWith("xmlns:")
  if (isTransport && transport?.kind === "csv")
    return { defaults, transport: { ...transport, ...csvOption(option, context) } }
  if (isTransport && transport?.kind === "xml")
    return { defaults, transport: xmlOption(option, transport, context) }
  return { defaults: { ...defaults, ...familyOption(text as WireFamily, option, context) }, transport }
}

const numberWords = ["number", "text"] as const
const timeWords = ["iso", "odata2", "epoch"]

function familyOption(
  family: WireFamily,
  option: WireOption,
  context: Context,
): Partial<WireDefaults> | null {
  const { value } = option
  if (family === "bool") {
    const [yes = "", no = "", ...rest] = textOf(value)?.split("|") ?? []
    return yes === "" || no === "" || yes === no || rest.length > 0
      ? context.wrong(option, 'it wants both texts, true first, as in bool: "T|F"')
      : { bool: { true: yes, false: no } }
  }
  if (family === "decimal" || family === "int") {
    const form = numberWords.find(word => word === wordOf(value))
    return form === undefined ? context.unknown(option, numberWords) : { [family]: form }
  }
  const pattern = textOf(value)
  if (pattern !== undefined) {
    const problem = patternProblem(pattern, family)
    return problem === undefined
      ? { [family]: { pattern } }
      : context.wrong(option, problem.replace(/\.$/, ""))
  }
  const word = wordOf(value)
  const wire: TimeWire | undefined =
    word === "epoch" ? { epoch: "ms" } : word === "iso" || word === "odata2" ? word : undefined
  return wire === undefined ? context.unknown(option, timeWords) : { [family]: wire }
}

const encodings: readonly Encoding[] = ["utf-8", "utf-16", "latin1", "windows-1252"]

function csvOption(option: WireOption, context: Context): Partial<CsvTransport> | null {
  const { value } = option
  const text = textOf(value)
  const word = wordOf(value)
  const isSign = text !== undefined && /^[\x21-\x7e\t]$/.test(text) && !/[A-Za-z0-9]/.test(text)
  switch (option.name.text) {
    case "delimiter":
      if (word === "tab") return { delimiter: "\t" }
      return isSign
        ? { delimiter: text }
        : context.wrong(option, 'it is one sign, as in ";", or the word tab')
    case "quote":
      if (word === "none") return { quote: null }
      return isSign && text !== "\t"
        ? { quote: text }
        : context.wrong(option, "it is one sign, or the word none")
    case "header":
      return word === "yes" || word === "no"
        ? { header: word === "yes" }
        : context.unknown(option, ["yes", "no"])
    case "encoding": {
      const encoding = encodings.find(one => one === (text ?? word))
      return encoding === undefined
        ? context.unknown(
            option,
            encodings.map(one => `"${one}"`),
          )
        : { encoding }
    }
    case "grouping":
      return text !== undefined && /^[.,' _\u00a0\u2009\u202f’]$/u.test(text)
        ? { grouping: text }
        : context.wrong(option, "it is one sign between thousands, a point, comma, apostrophe or space")
    default:
      return word === "point" || word === "comma"
        ? { decimal: word }
        : context.unknown(option, ["point", "comma"])
  }
}

/** Two signs that are one could not be told apart. */
function csvClash(form: CsvTransport): { readonly option: string; readonly problem: string } | null {
  const point = form.decimal === "comma" ? "," : "."
  if (form.delimiter === form.quote) return { option: "quote", problem: "it is the delimiter, too" }
  if (form.grouping === point) return { option: "grouping", problem: "it is the decimal sign, too" }
  const isBare = form.quote === null && (form.delimiter === point || form.delimiter === form.grouping)
  return isBare ? { option: "delimiter", problem: "figures hold it, and nothing is quoted" } : null
}

function xmlOption(option: WireOption, transport: XmlTransport, context: Context): XmlTransport {
  const { text: name } = option.name
  const text = textOf(option.value, contractHole)
  if (text === undefined || text === "") {
    context.wrong(option, "it wants a text")
    return transport
  }
  if (name === "root" || name === "list") {
    if (elementName.test(text.replaceAll(contractHole, "x"))) return { ...transport, [name]: text }
    context.wrong(option, "it is the name of an element")
    return transport
  }
  const prefix = name === "xmlns" ? "" : name.slice("xmlns:".length)
  return { ...transport, namespaces: [...transport.namespaces, { prefix, uri: text }] }
}

/** A prefix of `root` or `list` that no `xmlns:` declares. */
function undeclared({ root, list, namespaces }: XmlTransport): { option: string; problem: string } | null {
  for (const [option, name] of [
    ["root", root],
    ["list", list ?? ""],
  ] as const) {
    const prefix = name.includes(":") ? name.slice(0, name.indexOf(":")) : ""
    if (prefix !== "" && !namespaces.some(one => one.prefix === prefix))
      return { option, problem: `no xmlns:${prefix} says which namespace ${prefix} is` }
  }
  return null
}

/** Of an element or attribute, with or without prefix. */
export const elementName = /^(?:[\p{L}_][\p{L}\p{N}_.-]*:)?[\p{L}_][\p{L}\p{N}_.-]*$/u

function wordOf(value: Name | TextLiteral): string | undefined {
  return "parts" in value ? undefined : value.text
}

/** Undefined for words, and for texts with holes but `{contract}` where `hole` may stand for it. */
function textOf(value: Name | TextLiteral, hole?: string): string | undefined {
  if (!("parts" in value)) return undefined
  let text = ""
  for (const part of value.parts) {
    if (part.kind === "chars") text += part.text
    else if (hole !== undefined && isContract(part.path)) text += hole
    else return undefined
  }
  return text
}

function isContract(path: Path): boolean {
  return path.names.length === 1 && path.names[0]?.text === "contract"
}
