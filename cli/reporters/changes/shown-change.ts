// The words in which a change is told, shared by the reports for people. Flows in: a finding or a verdict. Flows out: text without
// escaping, which each report does for its own form.
import {
  type ChangeFinding,
  type ConsumerReach,
  isLocked,
  type StandingFinding,
  type Verdict,
} from "@fmap/compiler"
import { writeJson } from "@fmap/runtime"
import { safeLine } from "../../terminal/safe-text.ts"
import { consumersText } from "./shown-consumers.ts"

/** `/lines/[]/amount` as `lines[].amount`. */
export function pathText(path: string): string {
  return path
    .split("/")
    .slice(1)
    .map(part => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".")
    .replaceAll(".[]", "[]")
}

/** "BookOrder lines[].amount" */
export function whereText({ subject, path }: ChangeFinding): string {
  return safeLine([subject, pathText(path)].filter(part => part !== "").join(" "))
}

/** How people agree to what no version number speaks for; empty: a number does, or it is put right itself. */
export function approvalText({ finding, standing }: StandingFinding): string {
  const { rule, severity, bump, fingerprint } = finding
  const isLast = isLocked(rule) || bump === "none"
  if (standing !== "open" || severity !== "error" || rule.startsWith("V") || !isLast) return ""
  const people = isLocked(rule) ? "two approvers agree, each" : "an approver agrees"
  return `no version number speaks for it; ${people} by: fmap release approve ${fingerprint} --by NAME --reason WORDS --until DAY`
}

export function directionText(
  { rule, direction, consumers }: ChangeFinding,
  all: readonly ConsumerReach[] = [],
): string {
  const whom = {
    readers: "readers of the new data",
    writers: "writers of the old data",
    both: "readers and writers",
    none: "",
  }[direction]
  const isOfData = rule === "S005" || direction === "readers" || direction === "both"
  const told = consumersText(consumers, isOfData || consumers.length > 0 ? all : [])
  return [whom, told].filter(part => part !== "").join("; ")
}

/** "3 of 120 records differ, 2 of them within the tolerance, 1 newly failing; in all EUR -1200.00" */
export function observedText({ observed }: ChangeFinding): string {
  if (observed === null) return ""
  const { compared, differs, withinTolerance, newlyFailing, newlyPassing, deltaByCurrency, largestDelta } =
    observed
  const counts = [
    `${differs} of ${compared} records differ`,
    ...(withinTolerance === 0 ? [] : [`${withinTolerance} of them within the tolerance`]),
    ...(newlyFailing === 0 ? [] : [`${newlyFailing} newly failing`]),
    ...(newlyPassing === 0 ? [] : [`${newlyPassing} newly passing`]),
  ].join(", ")
  const sums = Object.entries(deltaByCurrency).map(([currency, sum]) => `${currency} ${sum}`)
  return [
    counts,
    ...(largestDelta === null ? [] : [`at most ${largestDelta} each`]),
    ...(sums.length === 0 ? [] : [`in all ${sums.join(", ")}`]),
  ].join("; ")
}

export function witnessText({ witness }: ChangeFinding): string {
  if (witness === null) return ""
  const sides = { old: "was valid and is no more", new: "is valid and was not" }
  return `${sides[witness.validFor]}: ${shortened(JSON.stringify(witness.payload))}`
}

/** "1.00 becomes 2.00 of {…}, made up by the compiler" */
export function madeText({ made }: ChangeFinding): string {
  if (made === undefined) return ""
  const shown = (value: unknown) => shortened(typeof value === "string" ? value : writeJson(value))
  return `${shown(made.old)} becomes ${shown(made.new)} of ${shown(made.payload)}, made up by the compiler`
}

const longest = 200
function shortened(text: string): string {
  const points = [...text]
  return points.length <= longest ? text : `${points.slice(0, longest - 1).join("")}…`
}

/** "1.2.0 → 1.3.0" */
export function stepText({ before, now }: Verdict): string {
  if (before === null) return `${now} (new)`
  return before === now ? now : `${before} → ${now}`
}

export function verdictText(verdict: Verdict): string {
  if (!verdict.enough) return verdict.wanted === null ? "too low" : `too low: ${verdict.wanted} is deserved`
  if (verdict.before === null) return "new"
  if (verdict.required === "none" && verdict.declared === "none") return "unchanged"
  if (verdict.required === verdict.declared) return `${verdict.required}, as it should be`
  return `${verdict.declared}, where ${verdict.required === "none" ? "nothing" : `${verdict.required}`} is deserved`
}
