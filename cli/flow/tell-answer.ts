// What whoever calls a flow gets, for a person who tries the call. Flows in: how the event ended, labels of what the flow answers. Flows out: its answer, or all issues; as lines and as data. What contracts
// label personal or confidential is `•••`, unless values were asked for.
import { writeJson } from "@fmap/runtime"
import { type EventEnd, issuesOf } from "@fmap/runtime/flow"
import { type LabelledField, shownRecord } from "@fmap/runtime/http"
import { safeLine, safeText } from "../terminal/safe-text.ts"

/** Sees nothing that is labelled. */
const stranger = "architect"

export interface ToldAnswer {
  readonly text: string
  readonly data: Readonly<Record<string, unknown>>
}

export function toldAnswer(
  end: EventEnd,
  labels: readonly LabelledField[] | undefined,
  values: boolean,
): ToldAnswer {
  if (end.kind === "stopped") {
    const issues = issuesOf(end.detail)
    const lines = issues.map(
      ({ severity, code, root, pointer, message }) =>
        `  ${severity} ${code} at ${safeLine(`${root}${pointer}: ${message}`)}\n`,
    )
    return {
      text: `no answer: ${end.code}: ${safeLine(end.message)}\n${lines.join("")}`,
      data: { answer: null, because: end.code, issues: values ? issues : issues.map(withoutValue) },
    }
  }
  const { answer = null, because = null } = end
  if (answer === null)
    return {
      text: `no answer${because === null ? "" : `: ${safeLine(because)}`}\n`,
      data: { answer, because, issues: [] },
    }
  const shown = values ? answer : shownRecord(answer, labels, stranger)
  return { text: `answer: ${safeText(writeJson(shown, 2))}\n`, data: { answer: shown, because, issues: [] } }
}

function withoutValue({ value: _, ...issue }: ReturnType<typeof issuesOf>[number]) {
  return issue
}
