// What a form orders. Flows in: the form, and the exception its person had before them. Flows out: an order, or a sentence why it is none. Only what was changed is changed.

import { isExactNumber } from "../../formats/json/exact-number.ts"
import { readJson } from "../../formats/json/read-json.ts"
import type { Change } from "../record/change-record.ts"
import type { Order } from "../work/decide-exception.ts"
import { actionOf, type Doing } from "../work/show-exception.ts"
import { editablePlaces, type OneShown } from "./exception-page.ts"
import { scalarWords } from "./words.ts"

export function orderOf(
  form: URLSearchParams,
  one: Pick<OneShown, "shown" | "labels" | "person">,
): Order | string {
  const kind = (Object.keys(actionOf) as readonly Doing[]).find(doing => doing === form.get("decision"))
  switch (kind) {
    case undefined:
      return "There is no such decision."
    case "assign": {
      const owner = (form.get("owner") ?? "").trim().slice(0, 200)
      return owner === "" ? "Say whose work it is." : { kind, owner }
    }
    case "settle": {
      const effect = form.get("effect") ?? ""
      if (form.get("outcome") !== "done") return { kind, effect, outcome: { kind: "not-done" } }
      const read = readJson(form.get("receipt") ?? "", { depth: 64 })
      return "refused" in read
        ? `What the target answered is no JSON: ${read.refused.message}`
        : { kind, effect, outcome: { kind: "done", receipt: read.ok } }
    }
    case "edit": {
      const changes: Change[] = []
      for (const { pointer, value } of editablePlaces(one)) {
        const text = form.get(`field ${pointer}`)
        if (text === null || text === scalarWords(value)) continue
        const change = changeTo(pointer, value, text)
        if (typeof change === "string") return change
        changes.push(change)
      }
      return changes.length === 0 ? "No field was changed." : { kind, changes }
    }
    default:
      return { kind }
  }
}

/** A figure stays a figure, a text a text. What was not there is a text, unless it can only be something else. */
function changeTo(pointer: string, before: unknown, text: string): Change | string {
  if (typeof before === "string") return { pointer, value: text }
  if (text.trim() === "") return { pointer, remove: true }
  const read = readJson(text)
  const value = "ok" in read ? read.ok : undefined
  if (typeof before === "number" || isExactNumber(before))
    return typeof value === "number" || isExactNumber(value) ? { pointer, value } : `${pointer} is a number.`
  if (typeof before === "boolean")
    return typeof value === "boolean" ? { pointer, value } : `${pointer} is true or false.`
  return { pointer, value: text }
}
