// What a person may do about an exception. Flows in: the exception. Flows out: what would help, the likeliest first, as data that a command line, an API or a page puts into words. It decides nothing.
import type { Issue } from "../../results/issue.ts"
import { isQuestion, placeWords } from "./place-words.ts"
import type { QueuedException } from "./queue.ts"

export type Fix =
  /** Nobody knows whether the effect was done: look there, and settle it. */
  | { readonly kind: "settle"; readonly effect: string; readonly target: string | undefined }
  /** The source sent one id for two payloads. */
  | { readonly kind: "clear-up-source" }
  /** What failed has to work again first. */
  | { readonly kind: "retry-when-well" }
  /** The flow or the engine has a defect: a mended version has to run first. */
  | { readonly kind: "mend-defect" }
  | { readonly kind: "look-and-reissue" }
  | { readonly kind: "add-row"; readonly crosswalk: string; readonly keys: readonly string[] }
  /** `places`: root and pointer, and of which row where there are many. */
  | { readonly kind: "correct-at-source"; readonly places: readonly string[] }
  | { readonly kind: "correct-at-target"; readonly system: string; readonly code: string | undefined }
  /** A part of a load was not taken. What the system answered is kept, so a retry stops at the same place: a reissue loads again. */
  | { readonly kind: "load-again"; readonly sent: number; readonly loaded: number }
  | { readonly kind: "retry" }
  | { readonly kind: "skip" }

export function fixesOf({
  code,
  detail,
  eventState,
  state,
}: Pick<QueuedException, "code" | "detail" | "eventState" | "state">): readonly Fix[] {
  if (state === "resolved" || state === "ignored") return []
  const told = membersOf(detail)
  if (code !== "REQUEST_CHANGED" && told.effect !== undefined)
    return [{ kind: "settle", effect: told.effect, target: told.target }]
  switch (code) {
    case "ID_REUSED":
      return [{ kind: "clear-up-source" }]
    case "ATTEMPTS_EXHAUSTED":
    case "CRASHED":
      return [{ kind: "retry-when-well" }]
    case "DEFECT":
      return [{ kind: "mend-defect" }, { kind: "skip" }]
    case "REQUEST_CHANGED":
      return [{ kind: "look-and-reissue" }]
  }
  const counts = loadOf(memberOf(detail, "figures"))
  const skip: readonly Fix[] = eventState === "blocked" || eventState === "parked" ? [{ kind: "skip" }] : []
  if (counts !== undefined) return [{ kind: "load-again", ...counts }, ...skip]
  const issues = issuesOf(detail)
  const rows = issues.flatMap(({ lookup }): readonly Fix[] =>
    lookup === undefined ? [] : [{ kind: "add-row", crosswalk: lookup.crosswalk, keys: lookup.keys }],
  )
  // What a flow asks itself has no place in a payload.
  const asked = isQuestion(textOf(memberOf(detail, "map")) ?? "")
  // A group that is incomplete is whole again when its rows are.
  const ofRows = issues.some(({ row }) => row !== undefined)
  const places = asked
    ? []
    : issues
        .filter(
          ({ lookup, pointer, row }) =>
            lookup === undefined && (!ofRows || row !== undefined || pointer !== ""),
        )
        .map(placeWords)
  return [
    ...rows,
    ...(places.length === 0 ? [] : [{ kind: "correct-at-source", places } as const]),
    ...(told.system === undefined
      ? []
      : [{ kind: "correct-at-target", system: told.system, code: told.code } as const]),
    ...(rows.length + places.length === 0 && told.system === undefined ? [{ kind: "retry" } as const] : []),
    ...skip,
  ]
}

export function issuesOf(detail: unknown): readonly Issue[] {
  const issues = memberOf(detail, "issues")
  return Array.isArray(issues) ? (issues as readonly Issue[]) : []
}

/** The counts that a reconcile stopped at. */
function loadOf(figures: unknown): { readonly sent: number; readonly loaded: number } | undefined {
  const [sent, loaded] = [memberOf(figures, "sent"), memberOf(figures, "loaded")]
  return typeof sent === "number" && typeof loaded === "number" ? { sent, loaded } : undefined
}

function membersOf(
  detail: unknown,
): Readonly<Record<"effect" | "target" | "system" | "code", string | undefined>> {
  const target = memberOf(detail, "target")
  return {
    effect: textOf(memberOf(detail, "effect")),
    target: textOf(target),
    system: textOf(memberOf(target, "system")),
    code: textOf(memberOf(target, "code")),
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}
