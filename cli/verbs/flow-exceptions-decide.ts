// `fmap flow exceptions retry|skip|edit|settle|reissue|dismiss ID`: what becomes of an event that stopped. Flows in: the exception, the decision, who and why. Flows out: one line of what
// was decided; audited. It may be said beside a process that works on the ledger.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { readJson } from "@fmap/runtime"
import { type Decision, NotPossible } from "@fmap/runtime/flow"
import { type ActorOptions, actorOf } from "../flow/actor.ts"
import { withAlike } from "../flow/alike.ts"
import { findException } from "../flow/find-exception.ts"
import { actionOf, mayNot } from "../flow/may-not.ts"
import type { FlowOptions } from "../flow/open-flows.ts"
import { withFlows } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { type Problem, problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface DecideOptions extends FlowOptions, ActorOptions {
  readonly reason: string
  /** All open ones of its cause, too. */
  readonly alike?: boolean
  /** Of edit: a file. */
  readonly payload?: string
  /** Of settle: which effect, and a file with what was answered, or that it was not done. */
  readonly effect?: string
  readonly done?: string
  readonly notDone?: boolean
}

export async function flowExceptionsDecide(
  kind: Decision["kind"],
  word: string,
  options: DecideOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const by = actorOf(options, terminal)
  const refusal = mayNot(by, actionOf(kind))
  if (refusal !== undefined) return cannotStart(terminal, [refusal])
  return withFlows(options, terminal, "decide", async ({ store, flows }) => {
    const named = await findException(word, store.ledger)
    if (named.kind === "problem") return cannotStart(terminal, [named.problem])
    const decision = decisionOf(kind, named.exception.code, options, terminal)
    if ("message" in decision) return cannotStart(terminal, [decision])
    const engine = store.engineOf(flows)
    const all = await withAlike(named.exception, options.alike === true, store.ledger)
    let refused = 0
    for (const { event, code, number, flow, sourceId, closedAt } of all) {
      // What was done is done anew whatever has become of its exception; everything else is about this one.
      const about = kind === "reissue" && closedAt !== undefined ? {} : { exception: number }
      try {
        const decided = await engine.decide(event, decision, by, options.reason, about)
        const told =
          decided.kind === "applied"
            ? `${kind}: ${flow} ${sourceId} (#${number} ${code})`
            : `${kind}: ${flow} ${sourceId} waits for a second person of another role`
        await terminal.out(`${safeLine(told)}\n`)
      } catch (error) {
        // Of many, one that does not fit keeps nobody from the others.
        if (!(error instanceof NotPossible) || all.length === 1) throw error
        refused += 1
        terminal.comment(`${safeLine(`#${number}: ${error.message}`)}.\n`)
      }
    }
    if (all.length > 1) terminal.comment(`${all.length - refused} of ${all.length} decided.\n`)
    return refused === 0 ? exitCodes.fine : exitCodes.findings
  })
}

/** A sentence where it cannot be read. */
function decisionOf(
  kind: Decision["kind"],
  code: string,
  options: DecideOptions,
  { cwd }: Terminal,
): Decision | Problem {
  switch (kind) {
    case "retry":
    case "skip":
    case "reissue":
      return { kind }
    case "dismiss":
      return { kind, code }
    case "edit": {
      const read = jsonFile(cwd, options.payload ?? "")
      return "message" in read ? read : { kind, payload: read.value }
    }
    case "settle": {
      const { effect, done, notDone } = options
      if (effect === undefined)
        return problem("FM8002", "settle needs --effect: the one in doubt, as show tells.")
      if ((done === undefined) === (notDone !== true))
        return problem("FM8002", "settle needs --done FILE with what the target answered, or --not-done.")
      if (done === undefined) return { kind, effect, outcome: { kind: "not-done" } }
      const read = jsonFile(cwd, done)
      return "message" in read ? read : { kind, effect, outcome: { kind: "done", receipt: read.value } }
    }
  }
}

function jsonFile(cwd: string, path: string): { readonly value: unknown } | Problem {
  let text: string
  try {
    text = readFileSync(resolve(cwd, path), "utf8")
  } catch (error) {
    return problem(
      "FM8102",
      `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
    )
  }
  const read = readJson(text)
  return "ok" in read
    ? { value: read.ok }
    : problem("FM8605", `${path}, line ${read.refused.line}: ${read.refused.message}`)
}
