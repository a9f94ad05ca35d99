// Whether every value of a `match` has an arm. Flows in: the values seen. Flows out: what lacks, as diagnostics.
import { diagnostic, type MatchArm } from "@fmap/grammar"
import type { Checked } from "../checked.ts"
import { type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { sentence } from "../join.ts"
import { givesReason } from "../reason-text.ts"
import type { Arms } from "./match-arms.ts"

/** `seen`: the values that have an arm; null when an arm could not be read, and nothing is known about them. */
export function checkCoverage(
  subject: Checked,
  seen: ReadonlySet<string | boolean> | null,
  missing: boolean,
  otherwise: boolean,
  otherwiseArm: MatchArm | null,
  ctx: Context,
  arms: Arms,
): void {
  const closed: readonly (string | boolean)[] | null =
    subject.type.kind === "enum" && !subject.type.open
      ? subject.type.members.map(m => m.value)
      : subject.type.kind === "bool"
        ? [true, false]
        : null
  const lacking = seen === null ? [] : (closed?.filter(v => !seen.has(v)) ?? [])
  const needsMissing = (subject.maybe || subject.failure !== null) && !missing
  if (otherwise) {
    if (seen !== null && closed !== null && lacking.length === 0 && !needsMissing && otherwiseArm !== null) {
      ctx.state.deferred.push(
        diagnostic("FM3109", { reason: "every value has an arm of its own" }, place(ctx, otherwiseArm.span), {
          label: "never reached",
          help: "Remove `otherwise`.",
          edits: [{ place: place(ctx, otherwiseArm.span), text: "" }],
        }),
      )
    }
    if (subject.type.kind === "enum" && otherwiseArm !== null && !givesReason(otherwiseArm.because)) {
      ctx.state.report(
        diagnostic("FM4106", { what: "`otherwise` over an enum" }, place(ctx, otherwiseArm.span), {
          label: "why are these all alike?",
          help: 'End the arm with `because "…"`.',
        }),
      )
      arms.failed = true
    }
    return
  }
  if (closed === null) {
    const reason = subject.type.kind === "enum" ? ' because "…"' : ""
    ctx.state.report(
      diagnostic("FM3126", { value: sentence(describe(subject.type, ctx)) }, place(ctx, subject.span), {
        label: "may be anything",
        help: `Add an arm \`otherwise -> …${reason}\`.`,
      }),
    )
    arms.failed = true
    return
  }
  const names = lacking.slice(0, mostNamed).map(v => (typeof v === "string" ? `"${v}"` : String(v)))
  if (lacking.length > mostNamed) names.push(`${lacking.length - mostNamed} more`)
  if (needsMissing) names.push("a missing value")
  if (names.length === 0) return
  arms.failed = true
  ctx.state.report(
    diagnostic("FM3108", { missing: names.join(", ") }, place(ctx, subject.span), {
      label: needsMissing ? `${describe(subject.type, ctx)}, or missing` : describe(subject.type, ctx),
      help: "Add an arm for each of them; several values may share one.",
    }),
  )
}

/** How many members without an arm are told by name; the rest is counted. */
const mostNamed = 12
