// Members of a list by the transactional API. Flows in: records. Flows out: a receipt. New members are added; those that are there stay as they are and count as ignored, so a load may be sent twice.
import type { Call } from "../../flow/port/flow.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { ask, failure } from "../http/ask.ts"
import { listOf, memberOf, scalarText, textOf, without } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { LoadReceipt, LoadRequest } from "../port/connector.ts"
import type { AnaplanList } from "./anaplan-options.ts"
import { type AnaplanLine, id } from "./import-task.ts"

/** The platform takes 100,000 a call. */
const batch = 10_000

export async function loadMembers(
  line: AnaplanLine,
  object: AnaplanList,
  request: LoadRequest,
  call: Call,
): Promise<LoadReceipt> {
  if (request.mode.kind !== "add")
    throw notOffered(line.system, "Members of a list are added, never replaced.")
  const { records } = request
  const rejected: LoadReceipt["rejected"][number][] = []
  let loaded = 0
  for (let start = 0; start < records.length; start += batch) {
    const part = records.slice(start, start + batch)
    const result = await addMembers(line, object, part, call)
    loaded += Number(memberOf(result, "added") ?? 0)
    for (const failed of listOf(memberOf(result, "failures")) ?? []) {
      const index = memberOf(failed, "requestIndex")
      const code = textOf(memberOf(failed, "failureType")) ?? "FAILED"
      if (isThere(code)) continue
      rejected.push({
        index: typeof index === "number" ? start + index : null,
        code,
        message: line.secrets.mask(textOf(memberOf(failed, "failureMessageDetails")) ?? code).slice(0, 500),
      })
    }
  }
  return { sent: records.length, loaded, ignored: records.length - loaded - rejected.length, rejected }
}

function isThere(code: string): boolean {
  return /duplicate|exists/i.test(code)
}

async function addMembers(
  line: AnaplanLine,
  object: AnaplanList,
  records: LoadRequest["records"],
  call: Call,
): Promise<unknown> {
  const items = records.map(record => {
    const properties = without(
      record,
      object.name,
      object.code,
      ...(object.parent === undefined ? [] : [object.parent]),
    )
    const parent = object.parent === undefined ? undefined : scalarText(memberOf(record, object.parent))
    return {
      name: scalarText(memberOf(record, object.name)),
      code: scalarText(memberOf(record, object.code)),
      ...(parent === undefined ? {} : { parent }),
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
    }
  })
  const url = `${line.base}/lists/${id(object.list)}/items`
  const headers = { "content-type": "application/json" }
  const { body } = await ask(
    line,
    { method: "POST", url, query: { action: "add" }, headers, body: writeJson({ items }), isSafe: false },
    call,
  )
  const result = memberOf(body, "result") ?? body
  const total = Number(memberOf(result, "total"))
  if (total !== records.length)
    throw failure(
      line,
      false,
      { failure: "in-doubt" },
      "BAD_ANSWER",
      `${records.length} members were sent, and the answer tells of ${total}.`,
    )
  return result
}

export async function* readMembers(
  line: AnaplanLine,
  object: AnaplanList,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const url = `${line.base}/lists/${id(object.list)}/items`
  const { body } = await ask(
    line,
    { method: "GET", url, query: { includeAll: "true" }, isSafe: true },
    { signal },
  )
  const items = listOf(memberOf(body, "listItems"))
  if (items === undefined)
    throw failure(line, true, { failure: "transient" }, "BAD_ANSWER", "The answer has no listItems.")
  const parent = object.parent
  yield items.map(item => ({
    [object.name]: memberOf(item, "name"),
    [object.code]: memberOf(item, "code"),
    ...(parent === undefined ? {} : { [parent]: memberOf(item, "parent") }),
  }))
}
