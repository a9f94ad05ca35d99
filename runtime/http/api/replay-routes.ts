// Replays over HTTP. Flows in: nothing. Flows out: routes: rehearse, deliver again, reissue with two people.
import type * as z from "zod/mini"
import type { ReplaySelection } from "../../flow/ledger/replay.ts"
import { isProblem } from "../problem.ts"
import { deliverReplay, rehearseReplay, reissueReplay } from "../work/replay.ts"
import { type Route, route } from "./route.ts"
import * as forms from "./schemas.ts"

const refusals = {
  404: { says: "This service rehearses no replays.", form: forms.problem },
  409: { says: "There is no such flow.", form: forms.problem },
}

export const replayRoutes: readonly Route[] = [
  route({
    id: "rehearseReplay",
    method: "POST",
    path: "/replays/rehearse",
    summary:
      "What flows as they are now would send for events of the past, beside what was sent; nothing is sent",
    action: "replay.rehearse",
    body: forms.rehearse,
    answers: { 200: { says: "What differs, with its money.", form: forms.replaySummary }, ...refusals },
    answer: async ({ parts, body, person, signal }) => {
      const found = await rehearseReplay(parts, selectionOf(body.selection), person, signal)
      return isProblem(found) ? found : { status: 200, body: found.summary }
    },
  }),
  route({
    id: "deliverReplay",
    method: "POST",
    path: "/replays/deliver",
    summary: "Deliver again what would do something new; what was done stays done, with the same keys",
    action: "replay.deliver",
    body: forms.replay,
    answers: { 200: { says: "How many.", form: forms.replayDelivered }, ...refusals },
    answer: async ({ parts, body, person, signal }) => {
      const done = await deliverReplay(parts, selectionOf(body.selection), person, body.reason, signal)
      if (isProblem(done)) return done
      const { delivered, changedSince, left } = done
      return { status: 200, body: { delivered, changedSince, left } }
    },
  }),
  route({
    id: "reissueReplay",
    method: "POST",
    path: "/replays/reissue",
    summary: "Reissue what would be sent otherwise: one of operations and a controller, who are two people",
    action: "decide.reissue",
    body: forms.replay,
    answers: {
      200: { says: "How many, and how many wait for the second person.", form: forms.replayReissued },
      ...refusals,
    },
    answer: async ({ parts, body, person, signal }) => {
      const done = await reissueReplay(parts, selectionOf(body.selection), person, body.reason, signal)
      if (isProblem(done)) return done
      const { applied, awaiting, refused } = done
      return { status: 200, body: { applied, awaiting, refused } }
    },
  }),
]

/** Without members that say nothing. */
function selectionOf(said: z.output<typeof forms.replay>["selection"]): ReplaySelection {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}
