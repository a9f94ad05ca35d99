// What a person may do about an exception. Flows in: the exception. Flows out: sentences, the likeliest first. It decides nothing.
import type { Issue } from "@fmap/runtime"
import type { QueuedException } from "@fmap/runtime/flow"

export function suggestedFixes({
  code,
  number,
  detail,
  eventState,
  state,
}: QueuedException): readonly string[] {
  if (state === "resolved" || state === "ignored") return []
  const decide = `fmap flow exceptions`
  const { effect, target } = membersOf(detail)
  if (code !== "REQUEST_CHANGED" && effect !== undefined)
    return [
      `Look at ${target ?? "the target"} whether ${effect} was done, by its business key.`,
      `It was: ${decide} settle ${number} --effect ${quoted(effect)} --done receipt.json. It was not: --not-done.`,
    ]
  switch (code) {
    case "ID_REUSED":
      return [
        `The source sent one id for two payloads. When that is cleared up: ${decide} dismiss ${number}.`,
      ]
    case "ATTEMPTS_EXHAUSTED":
    case "CRASHED":
      return [`When what failed works again: ${decide} retry ${number}.`]
    case "DEFECT":
      return [
        `The flow or fmap has a defect: show it to whoever maintains the flow (the lines under "at"). When a mended version runs: ${decide} retry ${number}.`,
        `It is not to be done at all: ${decide} skip ${number}.`,
      ]
    case "REQUEST_CHANGED":
      return [
        `Something the request is made of changed between two attempts. Look at the effect, then ${decide} reissue ${number}, or skip it.`,
      ]
  }
  const issues = issuesOf(detail)
  const rows = issues.flatMap(({ lookup }) =>
    lookup === undefined
      ? []
      : [
          `Add the row of ${lookup.keys.map(quoted).join(", ")} to ${lookup.crosswalk}, then ${decide} retry ${number}.`,
        ],
  )
  // What a flow asks itself has no place in a payload.
  const places = issues
    .filter(
      ({ lookup, root, pointer }) => lookup === undefined && !(root === "answer" && pointer === "/value"),
    )
    .map(({ root, pointer }) => `${root}${pointer}`)
  const told = membersOf(detail)
  return [
    ...rows,
    ...(places.length === 0
      ? []
      : [`Put right ${places.join(", ")} at its source, or ${decide} edit ${number} --payload event.json.`]),
    ...(told.system === undefined
      ? []
      : [
          `${told.system} refuses it (${told.code ?? "no code"}): put it right there, then ${decide} retry ${number}.`,
        ]),
    ...(rows.length + places.length === 0 && told.system === undefined
      ? [`When its cause is gone: ${decide} retry ${number}.`]
      : []),
    ...(eventState === "blocked" || eventState === "parked"
      ? [`It is not to be done at all: ${decide} skip ${number}.`]
      : []),
  ]
}

export function issuesOf(detail: unknown): readonly Issue[] {
  const issues = memberOf(detail, "issues")
  return Array.isArray(issues) ? (issues as readonly Issue[]) : []
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

function quoted(text: string | undefined): string {
  return JSON.stringify(text ?? "")
}
