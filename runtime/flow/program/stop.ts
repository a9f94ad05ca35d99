// Why an event does not go on, as an exception for a person. Flows in: issues of maps, exits of steps. Flows out: code, sentence, the places that are
// wrong, and the route.
import type { Issue } from "../../results/issue.ts"
import { isQuestion, rowWords } from "../ledger/place-words.ts"
import { BusinessException } from "../port/failures.ts"
import { askText } from "./ask-question.ts"
import type { FlowRun } from "./flow-run.ts"
import type { ExitSpec } from "./flow-spec.ts"
import type { MapAnswer } from "./maps.ts"
import { deadLetter, routeOf } from "./routes.ts"
import type { Scope } from "./scope.ts"

/** What a person is shown beside the sentence. */
export interface StopDetail {
  readonly step: string
  /** The map that spoke. */
  readonly map?: string
  readonly issues: readonly Issue[]
  /** The target's own code. */
  readonly target?: { readonly system: string; readonly code: string }
  /** What was compared, read by or sent; nothing personal. */
  readonly figures?: Readonly<Record<string, unknown>>
}

/** A map that held or rejected its record: its own code, and all of its issues. */
export function stoppedByMap(
  run: FlowRun,
  step: string,
  map: string,
  answer: MapAnswer & { readonly kind: "held" | "rejected" },
): BusinessException {
  const kind = answer.kind === "held" ? "hold" : "reject"
  const first = answer.issues.find(({ severity }) => severity === kind) ?? answer.issues[0]
  const code = first?.code ?? (kind === "hold" ? "HELD" : "REJECTED")
  const others =
    answer.issues.filter(({ severity }) => severity === "hold" || severity === "reject").length - 1
  const behind = [
    ...(first?.row === undefined ? [] : [rowWords(first.row)]),
    ...(others > 0 ? [`and ${others} more`] : []),
  ].join("; ")
  const detail: StopDetail = { step, map, issues: answer.issues }
  const sentence = first === undefined ? code : sentenceOf(first, map)
  return new BusinessException(
    code,
    behind === "" ? sentence : `${sentence} (${behind})`,
    detail,
    routeOf(run.spec, kind, code),
  )
}

/** A value of a flow without a message of its own has no field that people know. */
function sentenceOf({ code, pointer, message, at }: Issue, map: string): string {
  return isQuestion(map) && message === `${code} at ${pointer}` ? `what it needs is missing (${at})` : message
}

/** An `else hold CODE` of a step. `otherwise` says it where the author did not. */
export function exception(
  run: FlowRun,
  scope: Scope,
  exit: ExitSpec,
  otherwise: { readonly code: string; readonly message: string },
  detail: StopDetail,
): BusinessException {
  const code = exit.code ?? otherwise.code
  const message =
    (exit.message === null ? undefined : askText(run, scope, detail.step, exit.message)) ?? otherwise.message
  const route = exit.verb === "deadLetter" ? deadLetter(run.spec, code) : routeOf(run.spec, exit.verb, code)
  return new BusinessException(code, message, detail, route)
}
