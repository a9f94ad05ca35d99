// `fmap flow audit verify`: is the chain of audit records unbroken, and does everything hold that must hold in a ledger? Flows in: the store, and
// perhaps a record that was noted. Flows out: a verdict on standard output; what is broken, a line each.
import { brokenInvariants, type NotedRecord } from "@fmap/runtime/flow"
import type { FlowOptions } from "../flow/open-flows.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowAuditVerifyOptions extends FlowOptions {
  /** What an earlier verify told of the last record: `16:HASH`. */
  readonly noted?: string
}

export async function flowAuditVerify(
  options: FlowAuditVerifyOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const noted = options.noted === undefined ? undefined : notedRecord(options.noted)
  if (options.noted !== undefined && noted === undefined)
    return cannotStart(terminal, [
      problem(
        "FM8003",
        `--noted takes the last record that an earlier verify told, such as 16:${"0f".repeat(4)}….`,
      ),
    ])
  return withLedger(options, terminal, async ({ store }) => {
    const verdict = await store.engineOf([]).verifyAudit(noted)
    const broken = await store.ledger.run(brokenInvariants)
    const audit =
      verdict.kind === "unbroken"
        ? `audit: unbroken, ${verdict.records} record${verdict.records === 1 ? "" : "s"}; the last is ${verdict.records}:${verdict.head}`
        : `audit: broken at record ${verdict.seq}: ${verdict.why}`
    const others = broken.filter(one => !one.startsWith("audit: "))
    await terminal.out(
      [audit, ...others, ...(others.length === 0 ? ["ledger: sound"] : [])]
        .map(line => `${safeLine(line)}\n`)
        .join(""),
    )
    return broken.length === 0 && verdict.kind === "unbroken" ? exitCodes.fine : exitCodes.findings
  })
}

function notedRecord(text: string): NotedRecord | undefined {
  const [, seq, hash] = /^(\d{1,15}):([0-9a-f]{64})$/u.exec(text) ?? []
  return seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash }
}
