// Flows over HTTP. Flows in: nothing. Flows out: routes: which there are, and the call of one that is answered with its result or with all issues.
import * as z from "zod/mini"
import { isPayloadObject } from "../../door/payload.ts"
import { issuesOf } from "../../flow/ledger/fixes.ts"
import { BackPressure, NotPossible, StoreFailed } from "../../flow/port/failures.ts"
import { isRegion, regionsOfHeader } from "../../flow/port/regions.ts"
import { type CallEnd, callFlow } from "../../flow/program/sources/call-flow.ts"
import type { Issue } from "../../results/issue.ts"
import { correlationOf } from "../correlation.ts"
import { type Problem, problem } from "../problem.ts"
import type { ServedFlow, ServiceParts } from "../service-parts.ts"
import { type Answer, type Asked, type Route, route } from "./route.ts"
import * as forms from "./schemas.ts"

const parameters = z.strictObject({ name: forms.name })

export const flowRoutes: readonly Route[] = [
  route({
    id: "listFlows",
    method: "GET",
    path: "/flows",
    summary: "The flows of the project",
    action: "flows.read",
    answers: { 200: { says: "All of them.", form: forms.flowList } },
    answer: async ({ parts }) => ({
      status: 200,
      body: {
        flows: parts.flows.map(({ spec: { name, version, owner, trigger, steps } }) => ({
          name,
          version,
          owner,
          trigger,
          steps: steps.length,
        })),
      },
    }),
  }),
  route({
    id: "showFlow",
    method: "GET",
    path: "/flows/{name}",
    summary: "One flow as it is compiled: its trigger, steps with what each needs, routes",
    action: "flows.read",
    parameters,
    answers: { 200: { says: "The spec.", form: forms.flowSpec } },
    answer: async ({ parts, path }) => {
      const found = flowNamed(parts, path.name)
      return found === undefined ? noFlow(path.name) : { status: 200, body: found.spec }
    },
  }),
  route({
    id: "callFlow",
    method: "POST",
    path: "/flows/{name}",
    summary: "Call a flow that answers calls, or start one that begins by hand",
    action: "flows.call",
    parameters,
    body: z.unknown(),
    headers: {
      "idempotency-key":
        "The same key is the same call, and gets the same answer: 1 to 200 visible characters. Absent: each request is a call of its own.",
      traceparent: "W3C trace context.",
      "x-correlation-id": "What it belongs to.",
      "ce-regions": "Where it may be kept and sent, such as `EU,UK`; absent: where policies allow.",
    },
    answers: {
      200: { says: "What the flow answers.", form: forms.answered },
      202: {
        says: "Durable, and not ended yet: ask again with the same idempotency key.",
        form: forms.accepted,
      },
      409: { says: "The key was sent with another payload.", form: forms.problem },
      422: { says: "Contract or flow refuse it: all issues.", form: forms.problem },
      503: {
        says: "Back-pressure, or the ledger takes nothing: Retry-After says when.",
        form: forms.problem,
      },
    },
    answer: async asked => {
      const found = flowNamed(asked.parts, asked.path.name)
      return found === undefined ? noFlow(asked.path.name) : called(found, asked)
    },
  }),
]

function flowNamed({ flows }: ServiceParts, name: string): ServedFlow | undefined {
  return flows.findLast(({ spec }) => spec.name === name)
}

function noFlow(name: string): Problem {
  return problem("NOT_FOUND", `There is no flow ${name}`)
}

async function called(
  { spec, validate }: ServedFlow,
  { parts, person, body, headers, signal }: Asked<{ readonly name: string }, unknown, unknown>,
): Promise<Answer | Problem> {
  const { kind } = spec.trigger
  if (kind !== "call" && kind !== "manual")
    return problem("METHOD_NOT_ALLOWED", `${spec.name} is not begun by a call`)
  if (!isPayloadObject(body)) return problem("BAD_REQUEST", "A call has a JSON object")
  const issues = validate?.(body) ?? []
  if (issues.length > 0)
    return problem("REFUSED", `The record breaks the contract of ${spec.name}`, { issues })
  const key = headers.get("idempotency-key")
  if (key !== null && !/^[\x21-\x7e]{1,200}$/u.test(key))
    return problem("BAD_REQUEST", "An idempotency key has 1 to 200 visible characters")
  const said = headers.get("ce-regions")
  const regions = said === null || said === "" ? undefined : regionsOfHeader(said)
  if (regions?.every(isRegion) === false)
    return problem("BAD_REQUEST", "ce-regions names regions such as EU,UK")
  const event = {
    flow: spec.name,
    source: `http:${person.subject}`,
    id: key ?? parts.unguessable(),
    payload: body,
    ...correlationOf(headers),
    ...(regions === undefined ? {} : { regions }),
  }
  try {
    // Who starts a flow by hand does not wait for it.
    const waitMs = kind === "manual" ? 0 : parts.waitMs
    const { engine, ledger, world } = parts
    const end = await callFlow(
      event,
      { engine, ledger, world, ...(waitMs === undefined ? {} : { waitMs }) },
      signal,
    )
    return answerOf(end)
  } catch (error) {
    if (error instanceof BackPressure)
      return problem("BACK_PRESSURE", error.message, {
        retryAfterSeconds: Math.max(1, Math.ceil(error.retryAfterMs / 1_000)),
      })
    if (error instanceof StoreFailed)
      return problem("STORE_FAILED", "Nothing was taken; send it again", { retryAfterSeconds: 30 })
    if (error instanceof NotPossible) return problem("CONFLICT", error.message)
    throw error
  }
}

function answerOf(end: CallEnd): Answer | Problem {
  switch (end.kind) {
    case "open":
      return { status: 202, body: { event: end.eventId } }
    case "done":
      return { status: 200, body: { event: end.eventId, answer: end.answer ?? null, because: end.because } }
    case "stopped": {
      if (end.code === "ID_REUSED") return problem("ID_REUSED", end.message)
      const issues: readonly Issue[] = issuesOf(end.detail)
      return problem("STOPPED", end.message, { because: end.code, issues })
    }
  }
}
