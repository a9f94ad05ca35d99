// `fmap flow audit verify`: is the chain of audit records unbroken, and does everything hold that must hold in a ledger? Flows in: the store. Flows out: a verdict on standard
// output; what is broken, a line each.
import { brokenInvariants } from "@fmap/runtime/flow"
import type { FlowOptions } from "../flow/open-flows.ts"
import { withLedger } from "../flow/with-ledger.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export async function flowAuditVerify(options: FlowOptions, terminal: Terminal): Promise<ExitCode> {
  return withLedger(options, terminal, async ({ store }) => {
    const verdict = await store.engineOf([]).verifyAudit()
    const broken = await store.ledger.run(brokenInvariants)
    const audit =
      verdict.kind === "unbroken"
        ? `audit: unbroken, ${verdict.records} record${verdict.records === 1 ? "" : "s"}`
        : `audit: broken at record ${verdict.seq}: ${verdict.why}`
    const others = broken.filter(one => !one.startsWith("audit: "))
    await terminal.out(
      [audit, ...others, ...(others.length === 0 ? ["ledger: sound"] : [])]
        .map(line => `${safeLine(line)}\n`)
        .join(""),
    )
    return broken.length === 0 ? exitCodes.fine : exitCodes.findings
  })
}
