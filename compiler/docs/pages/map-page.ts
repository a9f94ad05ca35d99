// The spec sheet of a map, to be read and signed. Flows in: a map of the Plan with its lineage, its tests and what they reached. Flows out:
// readonly page data: header, the table of fields, controls, codes, reference data, tests, and what the build tells.
import type { PlanMap, PlanSet } from "../../plan/index.ts"
import { readShapes } from "../../plan/read-shapes.ts"
import { type Ruling, rulings, type WorkedOut, workedOut } from "../sheet/rulings.ts"
import { type SheetContext, type SheetLine, sheetLines } from "../sheet/sheet-lines.ts"
import { placeText } from "../sheet/source-lines.ts"
import { namingOf } from "../words/naming.ts"
import { typeText } from "../words/say-type.ts"
import { code, listed, say, type Words } from "../words/words.ts"
import { codeRows, type SheetCodes } from "./code-rows.ts"
import { contractLink, type Link, type SiteContext } from "./input.ts"
import { type MapPicture, mapPicture } from "./pictures.ts"
import type { TestRow } from "./test-rows.ts"

export interface MapPage {
  /** Without an ending. */
  readonly path: string
  readonly title: string
  readonly version: string
  readonly docs: string
  readonly owner: string
  readonly per: string
  readonly place: string
  readonly sources: readonly { readonly name: string; readonly contract: Link; readonly version: string }[]
  readonly givens: readonly { readonly name: string; readonly type: string }[]
  readonly target: { readonly name: string; readonly contract: Link; readonly version: string }
  /** How it runs and what its key does, each a sentence. */
  readonly facts: readonly Words[]
  readonly lines: readonly SheetLine[]
  readonly workedOut: readonly WorkedOut[]
  readonly rulings: readonly Ruling[]
  readonly codes: SheetCodes
  readonly crosswalks: readonly {
    readonly link: Link
    readonly version: string
    readonly owner: string
    readonly snapshot: string
    readonly file: string
  }[]
  readonly calls: readonly { readonly link: Link; readonly version: string }[]
  readonly ignored: readonly Told[]
  readonly unread: readonly string[]
  readonly claimed: readonly Told[]
  readonly skips: readonly { readonly code: string; readonly place: string }[]
  readonly fieldRules: readonly { readonly how: string; readonly rule: string; readonly place: string }[]
  readonly tests: readonly TestRow[]
  readonly coverage: MapCoverage
  readonly picture: MapPicture
  readonly planHash: string
}

export interface Told {
  readonly what: string
  readonly why: string
  readonly place: string
}

/** What passing tests reach of the map. */
export interface MapCoverage {
  readonly reached: number
  readonly total: number
  readonly missing: readonly { readonly of: string; readonly what: string; readonly place: string }[]
}

export function mapPage(map: PlanMap, tests: readonly TestRow[], context: SiteContext): MapPage {
  const { plan, mapPath, crosswalkPath, snapshots } = context
  const lineage = context.lineages.find(one => one.map === map.name)
  if (lineage === undefined) throw new Error(`there is no lineage of ${JSON.stringify(map.name)}`)
  const sheet: SheetContext = {
    map,
    lineage,
    naming: namingOf(map.variables, map.body),
    sources: context,
    shape: context.shape,
    crosswalk: id => plan.crosswalks.find(crosswalk => crosswalk.id === id),
  }
  const told = { lines: sheetLines(sheet), workedOut: workedOut(sheet), rulings: rulings(sheet) }
  const { ignored, unread, claimed, skips, fieldRules } = map.report
  const versionOf = (id: string) => context.shape(id).contract?.version ?? ""
  const contractOf = (id: string) => contractLink(context.shape(id), context)
  return {
    path: mapPath(map.name),
    title: map.name,
    version: map.version,
    docs: map.docs,
    owner: map.owner ?? "",
    per: map.per ?? "",
    place: placeText(map.at, plan),
    sources: readShapes(map).map(({ shape, path }) => ({
      name: path,
      contract: contractOf(shape),
      version: versionOf(shape),
    })),
    givens: map.givens.map(({ name, type, optional }) => ({
      name,
      type: `${typeText(type)}${optional ? ", optional" : ""}`,
    })),
    target: {
      name: map.target.name,
      contract: contractOf(map.target.shape),
      version: versionOf(map.target.shape),
    },
    facts: factsOf(map),
    ...told,
    codes: codeRows(map, told, context),
    crosswalks: plan.crosswalks
      .filter(({ id }) => map.crosswalks.includes(id))
      .map(crosswalk => ({
        link: { text: crosswalk.name, href: `${crosswalkPath(crosswalk.id)}.html` },
        version: crosswalk.version,
        owner: crosswalk.owner ?? "",
        snapshot: snapshots.get(crosswalk.id) ?? "",
        file: crosswalk.external?.path ?? "",
      })),
    calls: map.calls.map(({ map: name, version }) => ({
      link: {
        text: name,
        href: plan.maps.some(one => one.name === name) ? `${mapPath(name)}.html` : "",
      },
      version,
    })),
    ignored: ignored.map(({ path, because, at }) => ({
      what: path,
      why: because,
      place: placeText(at, plan),
    })),
    unread: unread.map(({ source, field }) => `${source}.${field}`),
    claimed: claimed.map(({ field, currency, at }) => ({
      what: field,
      why: currency,
      place: placeText(at, plan),
    })),
    skips: skips.map(({ code: name, at }) => ({ code: name, place: placeText(at, plan) })),
    fieldRules: fieldRules.map(({ how, record, rule, at }) => ({
      how,
      rule: `${record}: ${rule}`,
      place: placeText(at, plan),
    })),
    tests: tests.filter(test => test.map.text === map.name),
    coverage: coverageOf(map, context),
    picture: mapPicture(map, lineage, context),
    planHash: context.planHash,
  }
}

function factsOf({ key, patch, set }: PlanMap): readonly Words[] {
  const replay: Readonly<Record<string, string>> = {
    same: "the same record sent again",
    changed: "a changed one",
  }
  return [
    ...(set === null ? [say`One record in, one record out.`] : setFacts(set)),
    ...(patch
      ? [say`It is a patch: a field is written only where a field that gives its value has changed.`]
      : []),
    ...(key === null
      ? []
      : [
          say`${code(key.field)} tells records apart${
            key.onReplay.length === 0
              ? ""
              : `: ${key.onReplay
                  .map(
                    ({ when, action }) =>
                      `${Object.hasOwn(replay, when) ? replay[when] : when} is ${actionWords(action)}`,
                  )
                  .join(", ")}`
          }.`,
        ]),
  ]
}

function actionWords(action: string): string {
  const words: Readonly<Record<string, string>> = {
    skip: "skipped",
    reject: "rejected",
    hold: "held",
    update: "written over",
  }
  return Object.hasOwn(words, action) ? (words[action] ?? action) : action
}

function setFacts({ each, sets, collect, totals }: PlanSet): readonly Words[] {
  const runs = say`It runs once for each row of ${code(each)}.`
  const kept =
    sets.length === 0
      ? []
      : [say`It holds all of ${listed(sets.map(({ name }) => code(name)))} while it runs.`]
  const counted =
    totals.length === 0
      ? []
      : [
          say`${listed(totals.map(({ path }) => code(path)))} ${totals.length === 1 ? "is" : "are"} added up by outcome: out, rejected, held and dropped.`,
        ]
  if (collect === null)
    return [
      runs,
      say`Each row becomes one record; memory does not grow with their number.`,
      ...kept,
      ...counted,
    ]
  const folds = collect.folds.map(({ field, operation }) => say`${operation} of ${code(field)}`)
  const incomplete = {
    hold: "held",
    reject: "rejected",
    drop: "dropped",
    keep: "kept with what is left",
  }[collect.incomplete]
  return [
    runs,
    say`Rows that agree in ${listed(collect.keys.map(code))} become one record${folds.length === 0 ? [] : say` with the ${listed(folds)}`}.`,
    say`A group that lost a row is ${incomplete}.`,
    ...kept,
    ...counted,
  ]
}

function coverageOf({ name }: PlanMap, { coverage, plan }: SiteContext): MapCoverage {
  const points = coverage.filter(({ map }) => map === name)
  const missing = points.filter(({ reached }) => !reached)
  return {
    reached: points.length - missing.length,
    total: points.length,
    missing: missing.map(({ of, what, at }) => ({ of, what, place: placeText(at, plan) })),
  }
}
