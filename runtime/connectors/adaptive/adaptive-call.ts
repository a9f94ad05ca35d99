// One call of Adaptive Planning. Flows in: what the call says. Flows out: what it is answered with, or a failure. Answers come with status 200 whatever they say, so keys of messages decide.
import type { FailureClass } from "../../flow/port/failures.ts"
import { type Asker, ask, failure, type Line } from "../http/ask.ts"
import { withSecrets } from "../http/bearer-token.ts"
import type { SecretReference } from "../secrets/secrets.ts"
import {
  type AdaptiveAnswer,
  type AdaptiveCredentials,
  type AdaptiveMessage,
  readCallAnswer,
} from "./call-xml.ts"

export interface AdaptiveLogin {
  readonly login: SecretReference
  readonly password: SecretReference
  readonly instanceCode?: string
  /** `v40`. */
  readonly apiVersion: string
}

export interface AdaptiveQuestion {
  /** Nothing changes by it. */
  readonly isSafe: boolean
  /** Something was done before, which this call belongs to: what fails in passing is in doubt. */
  readonly isLater?: boolean
  readonly write: (credentials: AdaptiveCredentials) => string
}

/** How it says no under status 200: by keys of messages. The first that fits decides. */
const keys: readonly { readonly key: RegExp; readonly failure: FailureClass }[] = [
  { key: /authentication|login|password|session|permission/i, failure: "auth" },
  { key: /lock|busy|in-progress|timeout|unavailable/i, failure: "transient" },
  { key: /limit|throttl|too-many/i, failure: "throttled" },
]

export async function callAdaptive(
  line: Line,
  access: AdaptiveLogin,
  { isSafe, isLater = false, write }: AdaptiveQuestion,
  call: Asker,
): Promise<Extract<AdaptiveAnswer, { kind: "answer" }>> {
  const credentials = await withSecrets(async () => ({
    login: await line.secrets.get(access.login),
    password: await line.secrets.get(access.password),
    instanceCode: access.instanceCode,
  }))
  const { body } = await ask(
    line,
    {
      method: "POST",
      url: access.apiVersion,
      headers: { "content-type": "text/xml; charset=UTF-8", accept: "text/xml" },
      body: write(credentials),
      isSafe,
      form: "text",
    },
    call,
  )
  const answer = readCallAnswer(typeof body === "string" ? body : "")
  if (answer.kind === "none")
    throw failure(line, isSafe, { failure: "in-doubt" }, "BAD_ANSWER", answer.problem)
  const problem = problemOf(answer.success, answer.messages)
  if (problem === undefined) return answer
  const verdict = isLater && problem.failure !== "rejected" ? "in-doubt" : problem.failure
  throw failure(
    line,
    isSafe,
    { failure: verdict },
    problem.messages[0]?.key || "FAILED",
    problem.messages.map(({ text }) => text).join("; ") || "No reason given.",
  )
}

/** Warnings are no failure. */
function problemOf(
  success: boolean,
  messages: readonly AdaptiveMessage[],
): { readonly failure: FailureClass; readonly messages: readonly AdaptiveMessage[] } | undefined {
  const bad = messages.filter(({ type }) => /error/i.test(type))
  if (success && bad.length === 0) return undefined
  const said = bad.length === 0 ? messages : bad
  const found = keys.find(({ key }) => said.some(message => key.test(message.key)))
  return { failure: found?.failure ?? "rejected", messages: said }
}
