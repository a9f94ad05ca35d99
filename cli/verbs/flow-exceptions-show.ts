// `fmap flow exceptions show ID`: one exception with everything a person needs to decide. Flows in: the store. Flows out: cause, offending fields, what was done for the event so
// far, and what may be done about it.
import { writeJson } from "@fmap/runtime"
import {
  issuesOf,
  placeWords,
  type QueuedException,
  type TracedEvent,
  trace,
  withoutValues,
} from "@fmap/runtime/flow"
import type { DecidingField } from "@fmap/runtime/http"
import { age } from "../flow/age.ts"
import { type DecidingFields, decidingFields } from "../flow/deciding-fields.ts"
import { findException } from "../flow/find-exception.ts"
import type { FlowOptions } from "../flow/open-flows.ts"
import { suggestedFixes } from "../flow/suggested-fix.ts"
import { eventText } from "../flow/tell-trace.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowExceptionsShowOptions extends FlowOptions {
  readonly payload?: boolean
  /** What steps gave and targets answered. */
  readonly values?: boolean
  readonly format: "text" | "json"
}

export async function flowExceptionsShow(
  word: string,
  options: FlowExceptionsShowOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withLedger(options, terminal, async ({ project: { plan }, store, world }) => {
    const named = await findException(word, store.ledger)
    if (named.kind === "problem") return cannotStart(terminal, [named.problem])
    const { exception } = named
    const event = (await store.ledger.run(() => trace(exception.event))).find(
      ({ id }) => id === exception.event,
    )
    if (event === undefined) throw new TypeError("The ledger lost an event")
    if (options.payload === true) await terminal.out(`${writeJson(event.payload, 2)}\n`)
    else if (options.format === "json") {
      const fixes = suggestedFixes(exception, plan)
      await terminal.out(
        `${writeJson({ format: "fmap.flow-exception", formatVersion: 1, ...exception, fixes, history: options.values === true ? event : withoutValues(event) }, 2)}\n`,
      )
    } else {
      const fixes = suggestedFixes(exception, plan)
      const decides = decidingFields(plan)
      await terminal.out(shown(exception, event, fixes, decides, world.now(), options.values === true))
    }
    return exitCodes.fine
  })
}

function shown(
  exception: QueuedException,
  event: TracedEvent,
  fixes: readonly string[],
  decides: DecidingFields,
  now: number,
  values: boolean,
): string {
  const { number, code, message, state, queue, owner, kind, openedAt, waiting, detail, eventState } =
    exception
  const issues = issuesOf(detail)
  const map = typeof detail === "object" && detail !== null && "map" in detail ? String(detail.map) : ""
  const place = placeInFlow(detail)
  const lines = [
    `#${number} ${code}: ${message}`,
    `${state}, ${age(openedAt, now)} old; ${kind ?? "no route"}, ${queue === undefined ? "in no queue" : `queue ${queue}`}${owner === undefined ? "" : `, ${owner}`}; the event is ${eventState}${waiting === 0 ? "" : `, ${waiting} wait behind it`}`,
    ...issues.flatMap(issue => [
      `  ${issue.severity} ${issue.code} at ${placeWords(issue)}: ${issue.message}${issue.value === undefined ? "" : ` (${writeJson(issue.value)})`}  ${issue.at}`,
      ...goesBy(decides(map, issue.at)),
    ]),
    ...(place === undefined ? [] : [`  ${place}`]),
  ]
  return `${[...lines, ...fixes.map(fix => `→ ${fix}`)].map(line => `${safeLine(line)}\n`).join("")}\n${eventText(event, values)}`
}

/** Which fields of the record the rule looked at. */
function goesBy(fields: readonly DecidingField[]): readonly string[] {
  const places = fields.map(({ source, path }) => [source, ...path].join("/"))
  return places.length === 0 ? [] : [`    goes by ${[...new Set(places)].join(", ")}`]
}

/** Where in the flow it stopped, and by which figures: `step accepted, map ToSalesOrder`. What has no words of its own is shown as it is. */
function placeInFlow(detail: unknown): string | undefined {
  if (typeof detail !== "object" || detail === null) return undefined
  const { issues, step, map, figures, ...others } = detail as Readonly<Record<string, unknown>>
  const parts = [
    ...(typeof step === "string" ? [`step ${step}`] : []),
    ...(typeof map === "string" ? [`map ${map}`] : []),
    ...Object.entries(typeof figures === "object" && figures !== null ? figures : {}).map(
      ([name, value]) => `${name} ${typeof value === "string" ? value : writeJson(value)}`,
    ),
    ...(Object.keys(others).length === 0 ? [] : [writeJson(others)]),
  ]
  return parts.length === 0 ? undefined : parts.join(", ")
}
