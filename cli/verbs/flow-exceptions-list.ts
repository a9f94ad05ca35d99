// `fmap flow exceptions list`: what people have to look at. Flows in: the store and what is wanted of it. Flows out: causes with their counts and ages, or each exception, on standard
// output; exit code 1 when there are any, as findings have.
import { moneyText, writeJson } from "@fmap/runtime"
import { isQuestion, issuesOf, type QueuedException, queuedExceptions } from "@fmap/runtime/flow"
import { age } from "../flow/age.ts"
import { causeOf } from "../flow/cause-of.ts"
import type { FlowOptions } from "../flow/open-flows.ts"
import { unknownFilter } from "../flow/unknown-filter.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowExceptionsListOptions extends FlowOptions {
  readonly flow?: string
  readonly code?: string
  readonly queue?: string
  readonly owner?: string
  readonly deadLetters?: boolean
  readonly closed?: boolean
  readonly causes?: boolean
  readonly format: "text" | "json"
}

export async function flowExceptionsList(
  options: FlowExceptionsListOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  return withLedger(options, terminal, async ({ store, world, project: { specs } }) => {
    const all = await store.ledger.run(() => queuedExceptions(options.closed === true))
    const wanted = all.filter(one => fits(one, options))
    if (wanted.length === 0) {
      const unknown = unknownFilter(options, specs, await store.ledger.run(() => queuedExceptions(true)))
      if (unknown !== undefined) return cannotStart(terminal, [unknown])
    }
    if (options.format === "json") {
      const exceptions = wanted.map(({ detail, ...one }) => ({ ...one, issues: issuesOf(detail) }))
      await terminal.out(
        `${writeJson({ format: "fmap.flow-exceptions", formatVersion: 1, exceptions }, 2)}\n`,
      )
    } else {
      const lines =
        options.causes === true ? causes(wanted, world.now()) : wanted.map(one => line(one, world.now()))
      for (const text of lines) if (!(await terminal.out(`${safeLine(text)}\n`))) return exitCodes.interrupted
      if (wanted.length === 0) terminal.comment("No exception is open.\n")
    }
    return wanted.some(({ closedAt }) => closedAt === undefined) ? exitCodes.findings : exitCodes.fine
  })
}

function fits(
  one: QueuedException,
  { flow, code, queue, owner, deadLetters }: FlowExceptionsListOptions,
): boolean {
  const same = (wanted: string | undefined, value: string | undefined) =>
    wanted === undefined || wanted === value
  if (deadLetters === true && one.queue !== undefined) return false
  return same(flow, one.flow) && same(code, one.code) && same(queue, one.queue) && same(owner, one.owner)
}

function line(one: QueuedException, now: number): string {
  const {
    number,
    flow,
    sourceId,
    code,
    message,
    state,
    owner,
    waiting,
    openedAt,
    closedAt,
    amount,
    currency,
  } = one
  const behind = waiting === 0 ? "" : `, ${waiting} wait behind it`
  const since = closedAt === undefined ? age(openedAt, now) : "closed"
  const money = amount === undefined ? "" : `  ${moneyText(amount, currency)}`
  return `#${number}  ${state}  ${since}  ${flow} ${sourceId}${money}  ${code}${placeOf(one)}: ${message}  [${queueOf(one)}${owner === undefined ? "" : `, ${owner}`}${behind}]`
}

/** The first field that is wrong; a whole record says nothing that the message does not. */
function placeOf({ detail }: QueuedException): string {
  const [first] = issuesOf(detail)
  const map = typeof detail === "object" && detail !== null && "map" in detail ? detail.map : undefined
  if (first === undefined || first.pointer === "" || (typeof map === "string" && isQuestion(map))) return ""
  return ` at ${first.root}${first.pointer}`
}

function queueOf({ queue, kind }: QueuedException): string {
  return queue === undefined ? (kind === "failure" ? "dead letter" : "no queue") : `queue ${queue}`
}

/** What has one cause is one piece of work. Most first. */
function causes(all: readonly QueuedException[], now: number): readonly string[] {
  const groups = new Map<string, QueuedException[]>()
  for (const one of all) {
    const cause = causeOf(one)
    groups.set(cause, [...(groups.get(cause) ?? []), one])
  }
  return [...groups]
    .toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(([cause, members]) => {
      const [oldest] = members
      const waiting = members.reduce((sum, one) => sum + one.waiting, 0)
      const numbers = members.slice(0, 5).map(({ number }) => `#${number}`)
      return `${members.length}  ${cause}  oldest ${oldest === undefined ? "" : age(oldest.openedAt, now)}${waiting === 0 ? "" : `, ${waiting} wait behind`}  ${numbers.join(" ")}${members.length > 5 ? " …" : ""}`
    })
}
