// `hold CODE "…"`, `reject CODE "…"`, `dead letter`: how an event leaves a flow. Flows in: the exit as written. Flows out: its form for the
// runtime; its code becomes one of the flow's.
import { diagnostic, type FlowExit } from "@fmap/grammar"
import type { ExitSpec } from "@fmap/runtime/flow"
import { reservedCodes } from "../codes.ts"
import { textType } from "../values.ts"
import { ask } from "./ask.ts"
import { type FlowEnvironment, placeOf, type Visible } from "./environment.ts"

export function exitSpec(
  { verb, code, message }: FlowExit,
  step: string,
  visible: Visible,
  env: FlowEnvironment,
): ExitSpec | null {
  if (code === null || verb === "dead letter") return { verb: "deadLetter", code: null, message: null }
  const place = placeOf(env, code.span)
  if (reservedCodes.has(code.text)) {
    env.report(
      diagnostic("FM4125", { code: code.text }, place, {
        label: "a code of the language",
        help: "Choose another code.",
      }),
    )
    return null
  }
  env.made.codes.push({ code: code.text, verb, origin: "map", from: `the step ${step}`, place })
  if (message === null) return { verb, code: code.text, message: null }
  const asked = ask(
    {
      part: `${step}.${code.text}`,
      value: message,
      wanted: { type: textType(null), optional: false },
      visible,
      noExit: "in a message",
      message: true,
    },
    env,
  )
  return asked === null ? null : { verb, code: code.text, message: asked }
}
