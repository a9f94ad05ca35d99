// Many records to Salesforce, 200 a call, or very many by jobs. Flows in: records with an external id. Flows out: one receipt that counts every record once. A call that answers
// 200 may have refused some of its records; those that only met a lock are sent once more.

import type { Call } from "../../flow/port/flow.ts"
import { writeJson } from "../../formats/json/write-json.ts"
import { ask, failure } from "../http/ask.ts"
import { verdictOf } from "../http/error-table.ts"
import { listOf, memberOf, without } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { LoadReceipt, LoadRequest } from "../port/connector.ts"
import { loadBulk, prepareBulk } from "./bulk-load.ts"
import { errorsText, salesforceRules } from "./salesforce-errors.ts"
import type { SalesforceLine } from "./salesforce-records.ts"
import { soqlName } from "./soql.ts"

type Rejected = LoadReceipt["rejected"][number]

/** Records by place, those to try again apart. */
interface Pass {
  loaded: number
  readonly rejected: Rejected[]
  readonly again: number[]
}

const batch = 200

export async function loadRecords(
  line: SalesforceLine,
  request: LoadRequest,
  call: Call,
): Promise<LoadReceipt> {
  if (request.mode.kind !== "add")
    throw notOffered(line.system, "Salesforce takes no load that replaces others; `add` upserts by key.")
  const { records } = request
  const prepared = request.prepared ?? (await prepareBulk(line, request, call))
  const first =
    prepared === undefined
      ? await pass(
          line,
          request,
          records.map((_, index) => index),
          call,
        )
      : await loadBulk(line, request, prepared, call)
  const second = await pass(line, request, first.again, call)
  const stuck = second.again.map(index => ({
    index,
    code: "UNABLE_TO_LOCK_ROW",
    message: "The record was locked, twice.",
  }))
  return {
    sent: records.length,
    loaded: first.loaded + second.loaded,
    ignored: 0,
    rejected: [...first.rejected, ...second.rejected, ...stuck].toSorted(
      (a, b) => (a.index ?? 0) - (b.index ?? 0),
    ),
  }
}

async function pass(
  line: SalesforceLine,
  request: LoadRequest,
  places: readonly number[],
  call: Call,
): Promise<Pass> {
  const done: Pass = { loaded: 0, rejected: [], again: [] }
  for (let start = 0; start < places.length; start += batch)
    await upsertBatch(line, request, places.slice(start, start + batch), done, call)
  return done
}

async function upsertBatch(
  line: SalesforceLine,
  request: LoadRequest,
  places: readonly number[],
  done: Pass,
  call: Call,
): Promise<void> {
  const object = soqlName(request.object)
  const records = places.map(place => ({
    attributes: { type: object },
    ...without(request.records[place] ?? {}, "Id", "id", "attributes"),
  }))
  const { body } = await ask(
    line,
    {
      method: "PATCH",
      url: `/services/data/${line.apiVersion}/composite/sobjects/${object}/${soqlName(request.key)}`,
      headers: { "content-type": "application/json" },
      body: writeJson({ allOrNone: false, records }),
      isSafe: false,
    },
    call,
  )
  const results = listOf(body)
  if (results === undefined || results.length !== places.length)
    throw failure(
      line,
      false,
      { failure: "in-doubt" },
      "BAD_ANSWER",
      "The results are not one for each record.",
    )
  for (const [i, result] of results.entries()) {
    const index = places[i] ?? null
    if (memberOf(result, "success") === true) done.loaded++
    else {
      const text = errorsText(memberOf(result, "errors")) ?? {
        codes: ["UNKNOWN"],
        message: "No reason given.",
      }
      const verdict = verdictOf(salesforceRules, { status: 400, hasRetryAfter: false, ...text })
      if (verdict.failure === "transient" && index !== null) done.again.push(index)
      else
        done.rejected.push({
          index,
          code: text.codes[0] ?? "UNKNOWN",
          message: line.secrets.mask(text.message).slice(0, 500),
        })
    }
  }
}
