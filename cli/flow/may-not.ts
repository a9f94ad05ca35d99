// Whether a role may do what a command does: the matrix of the API, for the command line. Flows in: who acts, and the action. Flows out: a sentence where they may not.
import { type Action, type Actor, type Decision, may, permissions } from "@fmap/runtime/flow"
import { type Problem, problem } from "../terminal/problem.ts"

const doing: Partial<Record<Action, string>> = {
  "exceptions.care": "acknowledge or assign",
  "decide.close": "dismiss",
  "replay.deliver": "deliver or reissue a replay",
}

export function mayNot({ role }: Actor, action: Action): Problem | undefined {
  if (may(role, action)) return undefined
  const who = permissions[action].join(" or ")
  return problem(
    "FM8602",
    `The role ${role} may not ${doing[action] ?? action.replace("decide.", "")}: that is for ${who} (--role).`,
  )
}

export function actionOf(kind: Decision["kind"]): Action {
  return kind === "dismiss" ? "decide.close" : `decide.${kind}`
}
