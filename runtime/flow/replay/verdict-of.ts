// What is to become of an event, by what its rehearsal found. Flows in: the event, its end, its parts. Flows out: one word, and why a person has to look. Nothing that was sent is ever
// sent otherwise without people: what differs takes two of them, and what is gone or in doubt nobody but they can judge.
import type { RecordedEvent } from "../ledger/replay.ts"
import type { RehearsedEnd, RehearsedPart, Verdict } from "./rehearsed.ts"

/** What has ended, or stopped. */
export function isReplayed(state: string): boolean {
  return state === "done" || state === "blocked" || state === "parked"
}

interface Found {
  readonly verdict: Verdict
  readonly why: string | undefined
}

export function verdictOf(
  { state, code, outdated, steps }: Pick<RecordedEvent, "state" | "code" | "outdated" | "steps">,
  now: RehearsedEnd,
  parts: readonly RehearsedPart[],
  /** A handler was rehearsed up to the first thing nobody knows, and not beyond. */
  cut: boolean,
): Found {
  const of = (kind: RehearsedPart["kind"]) => parts.filter(part => part.kind === kind)
  const person = (why: string): Found => ({ verdict: "person", why })
  if (!isReplayed(state)) return { verdict: "open", why: undefined }
  if (now.kind === "needs-read") return person(`what it needs was not read then: ${now.steps.join(", ")}`)
  if (now.kind === "stopped") {
    const other = parts.find(part => isChanged(part) || part.kind === "new")
    if (state !== "done" && now.code === code)
      return other === undefined
        ? equal
        : person(
            `it stops with ${now.code} all the same, and ${other.name} would be sent ${isChanged(other) ? "otherwise" : "before"}`,
          )
    if (state !== "done") return person(`it stops with ${now.code} now`)
    return person(`it was done, and would stop with ${now.code} now`)
  }
  const doubt = parts.find(part => part.state === "doubt")
  if (doubt !== undefined) return person(`nobody knows whether ${doubt.name} was done: settle it first`)
  const [gone] = of("gone")
  if (gone !== undefined) return person(`${gone.name} was sent, and would not be now`)
  const [behind] = of("unknown")
  if (cut && behind !== undefined)
    return person(
      `${behind.name} was sent, and comes behind what is new: nobody can tell whether it would be the same`,
    )
  if (steps.has("flow: stopping")) return person("it was given up and taken back: edit it, or leave it")
  const more = of("new").some(part => !isKept(part))
  const changed = parts.some(isChanged)
  if (outdated && (changed || more)) return { verdict: "history", why: undefined }
  // It was written with a receipt: sent anew it would need the effect done anew.
  const tied = parts.find(part => isChanged(part) && part.what === "message" && isEffect(part.step, parts))
  if (tied !== undefined)
    return person(`${tied.name} was sent on with the receipt of ${tied.step}, and would be another now`)
  if (changed) return { verdict: "reissue", why: undefined }
  return more || state !== "done" ? { verdict: "redeliver", why: undefined } : equal
}

/** It was sent, and would be sent otherwise. */
export function isChanged(part: RehearsedPart): boolean {
  return part.kind === "differs" || (part.kind === "new" && isKept(part))
}

function isEffect(step: string, parts: readonly RehearsedPart[]): boolean {
  return parts.some(({ what, name }) => what === "effect" && name === step)
}

/** Its step was done: the journal would not send it on. */
function isKept({ what, state }: RehearsedPart): boolean {
  return what === "message" && state === "done"
}

const equal: Found = { verdict: "equal", why: undefined }
