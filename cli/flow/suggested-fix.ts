// What a person may do about an exception, in words of the command line. Flows in: the exception. Flows out: sentences, the likeliest first. It decides nothing.
import type { Plan } from "@fmap/compiler"
import { type Fix, fixesOf, issuesOf, placeWords, type QueuedException } from "@fmap/runtime/flow"
import { decidingFields } from "./deciding-fields.ts"
import { rowToAdd } from "./row-to-add.ts"

export function suggestedFixes(exception: QueuedException, plan: Plan): readonly string[] {
  return fixesOf(exception).flatMap(fix => sentences(named(fix, exception, plan), exception.number, plan))
}

/** A check over a whole record names no field: what is wrong is among the fields of the source it goes by. */
function named(fix: Fix, { detail }: QueuedException, plan: Plan): Fix {
  const map = typeof detail === "object" && detail !== null && "map" in detail ? detail.map : undefined
  if (fix.kind !== "correct-at-source" || typeof map !== "string") return fix
  const decides = decidingFields(plan)
  const issues = issuesOf(detail).filter(({ lookup, row }) => lookup === undefined && row === undefined)
  const goneBy = new Map(
    issues
      .filter(({ pointer }) => pointer === "")
      .map(issue => [
        placeWords(issue),
        decides(map, issue.at).map(({ source, path }) => [source, ...path].join("/")),
      ]),
  )
  const places = fix.places.flatMap(place => {
    const fields = goneBy.get(place) ?? []
    return fields.length === 0 ? [place] : fields
  })
  return { ...fix, places: [...new Set(places)] }
}

function sentences(fix: Fix, number: number, plan: Plan): readonly string[] {
  const decide = "fmap flow exceptions"
  switch (fix.kind) {
    case "settle":
      return [
        `Look at ${fix.target ?? "the target"} whether ${fix.effect} was done, by its business key.`,
        `It was: ${decide} settle ${number} --effect ${quoted(fix.effect)} --done receipt.json. It was not: --not-done.`,
      ]
    case "clear-up-source":
      return [
        `The source sent one id for two payloads. When that is cleared up: ${decide} dismiss ${number}.`,
      ]
    case "retry-when-well":
      return [`When what failed works again: ${decide} retry ${number}.`]
    case "mend-defect":
      return [
        `The flow or fmap has a defect: show it to whoever maintains the flow (the lines under "at"). When a mended version runs: ${decide} retry ${number}.`,
      ]
    case "look-and-reissue":
      return [
        `Something the request is made of changed between two attempts. Look at the effect, then ${decide} reissue ${number}, or skip it.`,
      ]
    case "add-row": {
      const exact = rowToAdd(plan, fix.crosswalk, fix.keys)
      const what =
        exact === undefined
          ? `Add the row of ${fix.keys.map(quoted).join(", ")} to ${fix.crosswalk}`
          : `Add a row to ${fix.crosswalk} (${exact.place}): ${exact.row}`
      return [`${what}, then ${decide} retry ${number} --alike.`]
    }
    case "correct-at-source":
      return [
        `Put right ${fix.places.join(", ")} at its source. What the flow reads is read again, where nothing was done yet: ${decide} retry ${number}.`,
        `What came with the event stays as it came: ${decide} show ${number} --payload > event.json, put it right there, too, then ${decide} edit ${number} --payload event.json.`,
      ]
    case "correct-at-target":
      return [
        `${fix.system} refuses it (${fix.code ?? "no code"}): put it right there, then ${decide} retry ${number}.`,
      ]
    case "load-again":
      return [
        `${fix.loaded} of ${fix.sent} rows were taken; ${decide} show ${number} --values says which were rejected, and why.`,
        `When that is put right: ${decide} reissue ${number}, by two people, loads all of them again. A retry would go by the answer that is there.`,
      ]
    case "retry":
      return [`When its cause is gone: ${decide} retry ${number}.`]
    case "skip":
      return [`It is not to be done at all: ${decide} skip ${number}.`]
  }
}

function quoted(text: string): string {
  return JSON.stringify(text)
}
