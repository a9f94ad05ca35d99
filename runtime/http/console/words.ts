// Figures and states in words people read. Flows in: what the ledger holds. Flows out: text; nothing of it is HTML.

import type { Fix } from "../../flow/ledger/fixes.ts"
import type { FlowSpec, StepSpec } from "../../flow/program/flow-spec.ts"
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { amountText } from "../../money/amount-text.ts"
import type { Doing } from "../work/show-exception.ts"

/** The two largest units: `3 d 4 h`. */
export function age(since: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(since)) / 1_000))
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ]
  if (days > 0) return `${days} d ${hours} h`
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min` : `${seconds} s`
}

/** To the second, in UTC. */
export function moment(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 19)} UTC`
}

/** An amount with the digits of its currency, or more where there are more, and its thousands apart. */
export function figure(value: string, currency: string | undefined): string {
  const text = amountText(value, currency)
  const found = /^(-?)(\d+)(\.\d+)?$/u.exec(text)
  if (found === null) return text
  const [, sign = "", whole = "", rest = ""] = found
  return `${sign}${whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, "\u202f")}${rest}`
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

export function fixWords(fix: Fix): string {
  switch (fix.kind) {
    case "settle":
      return `Look at ${fix.target ?? "the target"} whether ${fix.effect} was done, by its business key; then settle it.`
    case "clear-up-source":
      return "The source sent one id for two payloads. When that is cleared up, resolve it."
    case "retry-when-well":
      return "When what failed works again, retry."
    case "mend-defect":
      return "The flow or fmap has a defect: show it to whoever maintains the flow, and retry when a mended version runs."
    case "look-and-reissue":
      return "Something the request is made of changed between two attempts. Look at the effect, then reissue or skip."
    case "add-row":
      return `Add the row of ${fix.keys.map(key => `“${key}”`).join(", ")} to ${fix.crosswalk}, then retry.`
    case "correct-at-source":
      return `Put right ${fix.places.join(", ")} at its source. What the flow reads is read again by a retry, where nothing was done yet; what came with the event stays as it came: edit the record, too.`
    case "correct-at-target":
      return `${fix.system} refuses it (${fix.code ?? "no code"}): put it right there, then retry.`
    case "load-again":
      return `${fix.loaded} of ${fix.sent} rows were taken. When what was wrong with the others is put right, a reissue, by two people, loads all of them again; a retry would go by the answer that is there.`
    case "retry":
      return "When its cause is gone, retry."
    case "skip":
      return "It is not to be done at all: skip."
  }
}

export const doingWords: Readonly<
  Record<Doing, { readonly name: string; readonly help: string; readonly done: string }>
> = {
  acknowledge: {
    name: "Acknowledge",
    help: "You look at it. The event stays as it is.",
    done: "Acknowledged.",
  },
  assign: { name: "Assign", help: "It is somebody's work. The event stays as it is.", done: "Assigned." },
  retry: {
    name: "Retry",
    help: "The event is tried again, with the same keys: nothing is done twice.",
    done: "The event is tried again.",
  },
  edit: {
    name: "Edit the record",
    help: "The event goes on with another record, judged by its contract. What was done stays done.",
    done: "The record was changed, and the event goes on.",
  },
  skip: {
    name: "Skip",
    help: "The event is not done. What it did is taken back where its flow says how.",
    done: "The event is skipped.",
  },
  settle: {
    name: "Settle the doubt",
    help: "An answer was lost. Say what you found at the target.",
    done: "The doubt is settled, and the event goes on.",
  },
  reissue: {
    name: "Reissue",
    help: "Everything again with new keys, also what was done. One of operations and a controller have to say so.",
    done: "Everything is issued again.",
  },
  resolve: { name: "Resolve", help: "It is cleared up.", done: "Resolved." },
  ignore: { name: "Ignore", help: "It does not matter.", done: "Ignored." },
}

export function triggerWords({ trigger }: FlowSpec): string {
  switch (trigger.kind) {
    case "changed":
      return `${trigger.from.system}.${trigger.from.contract} changed`
    case "event":
      return `event ${trigger.event}`
    case "schedule":
      return `at ${trigger.cron} in ${trigger.zone}`
    case "manual":
      return "by hand"
    case "call":
      return `call with ${trigger.contract}`
  }
}

export function stepWords(step: StepSpec): string {
  switch (step.kind) {
    case "read":
      return `read ${step.from.system}.${step.from.contract}`
    case "map":
      return `map ${step.call.map}`
    case "send":
      return `${step.verb} in ${step.to.system}.${step.to.contract}`
    case "load":
      return `load into ${step.to.system}.${step.to.contract}`
    case "reconcile":
      return `reconcile ${step.load}`
    case "control":
      return `control “${step.title}”`
    case "publish":
      return `publish ${step.event}`
    case "answer":
      return "answer"
  }
}

/** A scalar as somebody may type it. */
export function scalarWords(value: unknown): string {
  if (isExactNumber(value)) return value.text
  return value === undefined || value === null ? "" : String(value)
}
