// Exceptions over HTTP. Flows in: nothing. Flows out: routes: look, take care, decide, in bulk.
import * as z from "zod/mini"
import { type ExceptionFilter, exceptionPage, queueOverview } from "../../flow/ledger/exception-page.ts"
import { instantText } from "../../flow/ledger/operation.ts"
import type { Decided } from "../../flow/port/engine.ts"
import type { Action } from "../../flow/port/permissions.ts"
import { isProblem, type Problem, problem, problemDocument } from "../problem.ts"
import type { ServiceParts } from "../service-parts.ts"
import { decideException, type Order } from "../work/decide-exception.ts"
import { showException } from "../work/show-exception.ts"
import { type Answer, type Route, route } from "./route.ts"
import * as forms from "./schemas.ts"

const parameters = z.strictObject({ number: forms.exceptionNumber })
const decidedAnswers = {
  200: { says: "Decided.", form: forms.decided },
  202: { says: "A second person of another role has to say so, too.", form: forms.decided },
}

export const exceptionRoutes: readonly Route[] = [
  route({
    id: "listQueues",
    method: "GET",
    path: "/queues",
    summary: "What is open in each queue: counts, ages, causes, amounts by currency",
    action: "exceptions.read",
    answers: { 200: { says: "Most first.", form: forms.queues } },
    answer: async ({ parts }) => ({
      status: 200,
      body: { queues: await parts.ledger.run(queueOverview) },
    }),
  }),
  route({
    id: "listExceptions",
    method: "GET",
    path: "/exceptions",
    summary: "What people have to look at, the oldest first",
    action: "exceptions.read",
    query: forms.exceptionQuery,
    answers: { 200: { says: "A page.", form: forms.exceptionPage } },
    answer: async ({ parts, query }) => page(parts, filterOf(query, parts), query),
  }),
  route({
    id: "listDeadLetters",
    method: "GET",
    path: "/dead-letters",
    summary: "What stopped and is in no queue",
    action: "exceptions.read",
    query: forms.deadLetterQuery,
    answers: { 200: { says: "A page.", form: forms.exceptionPage } },
    answer: async ({ parts, query }) => page(parts, { ...filterOf(query, parts), queue: null }, query),
  }),
  route({
    id: "showException",
    method: "GET",
    path: "/exceptions/{number}",
    summary: "One exception: cause, record, what may help, what was done, what you may do",
    action: "exceptions.read",
    parameters,
    answers: { 200: { says: "The exception.", form: forms.shownException } },
    answer: async ({ parts, path, person }) => {
      const shown = await showException(parts, Number(path.number), person)
      return shown === undefined
        ? problem("NOT_FOUND", `There is no exception ${path.number}`)
        : { status: 200, body: shown }
    },
  }),
  decision("acknowledge", "Somebody looks at it", "exceptions.care", forms.acknowledge, () => ({
    kind: "acknowledge",
  })),
  decision("assign", "It is somebody's work", "exceptions.care", forms.assign, ({ owner }) => ({
    kind: "assign",
    owner,
  })),
  decision("retry", "Try the event again, with the same keys", "decide.retry", forms.decide, () => ({
    kind: "retry",
  })),
  decision(
    "skip",
    "The event is not done; what it did is taken back where its flow says how",
    "decide.skip",
    forms.decide,
    () => ({ kind: "skip" }),
  ),
  decision(
    "edit",
    "Go on with another record, judged by its contract; what was done stays done",
    "decide.edit",
    forms.edit,
    ({ reason: _, ...order }) => ({ kind: "edit", ...order }) as Order,
    { 422: { says: "The record breaks its contract: all issues.", form: forms.problem } },
  ),
  decision(
    "settle",
    "What was found out about an effect in doubt",
    "decide.settle",
    forms.settle,
    ({ effect, outcome }) => ({ kind: "settle", effect, outcome }) as Order,
  ),
  decision(
    "reissue",
    "Everything again with new keys; one of operations and a controller, who are two people",
    "decide.reissue",
    forms.decide,
    () => ({ kind: "reissue" }),
  ),
  decision("resolve", "An exception that stops nothing is cleared up", "decide.close", forms.decide, () => ({
    kind: "resolve",
  })),
  decision("ignore", "An exception that stops nothing does not matter", "decide.close", forms.decide, () => ({
    kind: "ignore",
  })),
  route({
    id: "decideInBulk",
    method: "POST",
    path: "/exceptions/bulk",
    summary: "One decision about many, each by itself",
    action: "exceptions.read",
    body: forms.bulk,
    answers: { 200: { says: "What became of each.", form: forms.bulkDone } },
    answer: async ({ parts, person, body }) => {
      const { numbers, decision: kind, owner, reason } = body
      if (kind === "assign" && owner === undefined) return problem("BAD_REQUEST", "assign needs an owner")
      const order: Order = kind === "assign" ? { kind, owner: owner ?? "" } : { kind }
      const results = []
      for (const number of new Set(numbers)) {
        const done = await decideException(parts, number, order, person, reason)
        results.push(
          isProblem(done)
            ? { number, kind: done.kind, problem: problemDocument(done) }
            : { number, kind: done.kind },
        )
      }
      return { status: 200, body: { results } }
    },
  }),
]

type Listing = z.output<typeof forms.exceptionQuery>

function filterOf(
  query: Omit<Listing, "queue"> & Pick<Partial<Listing>, "queue">,
  { world }: ServiceParts,
): ExceptionFilter {
  const { state, queue, owner, unowned, code, flow, key, olderThanMinutes } = query
  return {
    ...(state === undefined ? {} : { state }),
    ...(queue === undefined ? {} : { queue }),
    ...(unowned === "true" ? { owner: null } : owner === undefined ? {} : { owner }),
    ...(code === undefined ? {} : { code }),
    ...(flow === undefined ? {} : { flow }),
    ...(key === undefined ? {} : { key }),
    ...(olderThanMinutes === undefined
      ? {}
      : { openedBefore: instantText(world.now() - Number(olderThanMinutes) * 60_000) }),
  }
}

async function page(
  { ledger }: ServiceParts,
  filter: ExceptionFilter,
  { after, limit }: Pick<Listing, "after" | "limit">,
): Promise<Answer> {
  const found = await ledger.run(() => exceptionPage(filter, Number(after ?? 0), Number(limit ?? 50)))
  return {
    status: 200,
    body: {
      exceptions: found.exceptions.map(({ detail: _, ...exception }) => exception),
      next: found.next === undefined ? undefined : String(found.next),
    },
  }
}

function decision<B extends z.ZodMiniType<{ readonly reason?: string | undefined }>>(
  verb: Order["kind"],
  summary: string,
  action: Action,
  body: B,
  orderOf: (body: z.output<B>) => Order,
  more: Route["answers"] = {},
): Route {
  return route({
    id: `${verb}Exception`,
    method: "POST",
    path: `/exceptions/{number}/${verb}`,
    summary,
    action,
    parameters,
    body,
    answers: {
      ...(verb === "reissue" ? decidedAnswers : { 200: decidedAnswers[200] }),
      409: { says: "It was decided meanwhile, or does not fit.", form: forms.problem },
      ...more,
    },
    answer: async ({ parts, person, path, body: said }) =>
      answerOf(await decideException(parts, Number(path.number), orderOf(said), person, said.reason ?? "")),
  })
}

function answerOf(done: Decided | Problem): Answer | Problem {
  if (isProblem(done)) return done
  return { status: done.kind === "applied" ? 200 : 202, body: { kind: done.kind } }
}
