// One exception with everything a person needs to decide. Flows in: its number and who looks. Flows out: cause, record with the offending places marked, what may help, what was done, what this person may do.

import { exceptionNumbered, queueOverview } from "../../flow/ledger/exception-page.ts"
import { besideEvents } from "../../flow/ledger/exceptions.ts"
import { type Fix, fixesOf, issuesOf } from "../../flow/ledger/fixes.ts"
import type { QueuedException } from "../../flow/ledger/queue.ts"
import { type TracedEvent, trace } from "../../flow/ledger/trace.ts"
import { type Action, may, type Role } from "../../flow/port/permissions.ts"
import type { FlowSpec, MapCall } from "../../flow/program/flow-spec.ts"
import type { Issue } from "../../results/issue.ts"
import { pointer as pointerOf } from "../../results/pointer.ts"
import type { Person } from "../auth/person.ts"
import { namesIn } from "../record/change-record.ts"
import { sees, shownRecord } from "../record/labels.ts"
import type { ServedFlow, ServiceParts } from "../service-parts.ts"

export interface ShownException {
  readonly exception: Omit<QueuedException, "detail">
  readonly issues: readonly Issue[]
  /** What else is told of it. */
  readonly detail: unknown
  /** The payload as this person may see it. */
  readonly record: unknown
  /** Places of the record that are wrong. */
  readonly marks: readonly Mark[]
  readonly cause: { readonly places: readonly string[]; readonly alike: number }
  readonly fixes: readonly Fix[]
  readonly history: Omit<TracedEvent, "payload">
  readonly may: readonly Doing[]
}

export interface Mark {
  readonly pointer: string
  readonly code: string
  readonly message: string
}

export type Doing =
  | "acknowledge"
  | "assign"
  | "retry"
  | "skip"
  | "edit"
  | "settle"
  | "reissue"
  | "resolve"
  | "ignore"

export const actionOf: Readonly<Record<Doing, Action>> = {
  acknowledge: "exceptions.care",
  assign: "exceptions.care",
  retry: "decide.retry",
  skip: "decide.skip",
  edit: "decide.edit",
  settle: "decide.settle",
  reissue: "decide.reissue",
  resolve: "decide.close",
  ignore: "decide.close",
}

export async function showException(
  parts: ServiceParts,
  number: number,
  { role }: Person,
): Promise<ShownException | undefined> {
  const found = await parts.ledger.run(() => exceptionNumbered(number))
  if (found === undefined) return undefined
  const { detail, ...exception } = found
  const event = (await parts.ledger.run(() => trace(found.event))).find(({ id }) => id === found.event)
  if (event === undefined) throw new TypeError("The ledger lost an event")
  const overview = await parts.ledger.run(queueOverview)
  const alike = overview
    .flatMap(({ causes }) => causes)
    .filter(({ flow, code }) => flow === found.flow && code === found.code)
    .reduce((sum, { count }) => sum + count, 0)
  const { payload, ...history } = event
  const issues = issuesOf(detail)
  const served = servedFlow(parts, found)
  return {
    exception,
    issues,
    detail: withoutIssues(detail),
    record: shownRecord(payload, served?.labels, role),
    marks: served === undefined ? [] : marksOf(served, detail, issues),
    cause: {
      places: [
        ...new Set(
          issues.map(({ root, pointer }) => `${root}${pointer.replaceAll(/\/\d+(?=\/|$)/gu, "/*")}`),
        ),
      ],
      alike,
    },
    fixes: fixesOf(found),
    history: shownEvent(parts, history, role),
    may: doingsOf(found, event).filter(doing => may(role, actionOf[doing])),
  }
}

/** Under the version the event was accepted with: another version may label other fields. */
export function servedFlow(
  { flows }: Pick<ServiceParts, "flows">,
  { flow, version }: { readonly flow: string; readonly version: string },
): ServedFlow | undefined {
  return flows.find(({ spec }) => spec.name === flow && spec.version === version)
}

/** What steps gave and targets answered is of many contracts: it is shown to those who may see every label there is. */
export function shownEvent<T extends Pick<TracedEvent, "steps" | "effects">>(
  { labels }: Pick<ServiceParts, "labels">,
  event: T,
  role: Role,
): T {
  if (labels.every(label => sees(role, label))) return event
  return {
    ...event,
    steps: event.steps.map(({ result: _, ...step }) => ({ ...step, result: undefined })),
    effects: event.effects.map(({ receipt: _, ...effect }) => ({ ...effect, receipt: undefined })),
  }
}

function doingsOf(
  { code, closedAt, eventState }: QueuedException,
  { effects, generation }: TracedEvent,
): readonly Doing[] {
  const again: readonly Doing[] = eventState === "open" || eventState === "superseded" ? [] : ["reissue"]
  if (closedAt !== undefined) return again
  if (code === besideEvents) return ["acknowledge", "assign", "resolve", "ignore"]
  const doubt = effects.some(effect => effect.state === "doubt" && effect.generation === generation)
  return doubt
    ? ["acknowledge", "assign", "settle", "retry", "skip", ...again]
    : ["acknowledge", "assign", "retry", "edit", "skip", ...again]
}

function withoutIssues(detail: unknown): unknown {
  if (typeof detail !== "object" || detail === null || Array.isArray(detail)) return detail
  const others = Object.entries(detail).filter(([name]) => name !== "issues")
  return others.length === 0 ? null : Object.fromEntries(others)
}

/** Issues name documents as maps call them; here are those that speak of the payload, with its own places. A rule that speaks of what was made of it marks the fields it goes by. */
function marksOf({ spec, decides }: ServedFlow, detail: unknown, issues: readonly Issue[]): readonly Mark[] {
  const { trigger } = spec
  const binder = trigger.kind === "schedule" ? null : trigger.binder
  if (binder === null) return []
  const map = typeof detail === "object" && detail !== null && "map" in detail ? detail.map : undefined
  const roots = new Set(
    callsIn(spec)
      .filter(call => call.map === map)
      .flatMap(call =>
        call.arguments.flatMap(one => ("binder" in one && one.binder === binder ? [one.name] : [])),
      ),
  )
  return issues.flatMap(({ root, pointer, code, message, at }) => {
    const names = namesIn(pointer) ?? []
    if (roots.has(root)) return [{ pointer, code, message }]
    if (root === "scope" && names[0] === binder)
      return [{ pointer: pointerTo(names.slice(1)), code, message }]
    const fields = typeof map === "string" ? (decides?.(map, at) ?? []) : []
    const places = fields
      .filter(({ source, path }) => roots.has(source) && path.length > 0)
      .map(({ path }) => pointerTo(path.includes("*") ? path.slice(0, path.indexOf("*")) : path))
    return [...new Set(places)].map(place => ({ pointer: place, code, message }))
  })
}

function pointerTo(names: readonly string[]): string {
  return names.reduce((at, name) => pointerOf(at, name), "")
}

function callsIn({ steps }: FlowSpec): readonly MapCall[] {
  return steps.flatMap(step =>
    "call" in step ? [step.call] : "what" in step && "call" in step.what ? [step.what.call] : [],
  )
}
