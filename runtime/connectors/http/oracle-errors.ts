// Errors as Oracle's REST services write them (RFC 7807 with details of their own). Flows in: a body. Flows out: codes and texts; undefined: it is no such error.
import type { ErrorText } from "./ask.ts"
import { listOf, memberOf, textOf } from "./json-value.ts"

export function oracleErrorText(body: unknown): ErrorText | undefined {
  const details = listOf(memberOf(body, "o:errorDetails")) ?? []
  const title = textOf(memberOf(body, "title"))
  if (details.length === 0) return title === undefined ? undefined : { codes: [], message: title }
  const codes = details.flatMap(detail => textOf(memberOf(detail, "o:errorCode")) ?? [])
  const texts = details.map(detail => {
    const place = textOf(memberOf(detail, "o:errorPath")) ?? textOf(memberOf(detail, "o:errorQueryParam"))
    const text = textOf(memberOf(detail, "detail")) ?? "no reason given"
    return place === undefined ? text : `${text} (${place})`
  })
  return { codes, message: texts.join("; ") }
}
