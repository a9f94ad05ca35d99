// `fmap flow token`: a token for API and console, signed with the shared secret that is configured. Flows in: who and in which role. Flows out: the token on standard output, and nothing else there.
import { nodeSecrets, SecretMissing } from "@fmap/runtime/connectors"
import { NotPossible, systemWorld } from "@fmap/runtime/flow"
import { type Role, signToken } from "@fmap/runtime/http"
import { actorOf } from "../flow/actor.ts"
import { type FlowOptions, openFlowProject } from "../flow/open-flows.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem, problemOf } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface FlowTokenOptions extends FlowOptions {
  readonly by?: string
  readonly role: Role
  readonly minutes: string
}

export async function flowToken(options: FlowTokenOptions, terminal: Terminal): Promise<ExitCode> {
  const found = openFlowProject(options, terminal)
  if (found.kind === "ended") return found.code
  const tokens = found.ready.config.http?.tokens
  const [reference] = tokens?.secrets ?? []
  if (tokens === undefined || reference === undefined)
    return cannotStart(terminal, [
      problem(
        "FM8505",
        'Tokens are signed with the first of "http.tokens.secrets" of fmap.flows.json, and there is none; those of public keys come from their issuer.',
      ),
    ])
  const { issuer, audience, roleClaim = "role", roles } = tokens
  const { name } = actorOf(
    { role: "operations", ...(options.by === undefined ? {} : { by: options.by }) },
    terminal,
  )
  const role =
    roles === undefined ? options.role : Object.keys(roles).find(word => roles[word] === options.role)
  if (role === undefined)
    return cannotStart(terminal, [problem("FM8003", `No word of "http.tokens.roles" means ${options.role}.`)])
  try {
    const secret = await nodeSecrets({ environment: terminal.environment }).get(reference)
    const said = { subject: name, role, claim: roleClaim, issuer, audience, minutes: Number(options.minutes) }
    await terminal.out(`${await signToken(said, secret, systemWorld())}\n`)
    return exitCodes.fine
  } catch (error) {
    if (!(error instanceof SecretMissing || error instanceof NotPossible)) throw error
    return cannotStart(terminal, [
      error instanceof NotPossible ? problemOf(error) : problem("FM8503", `${error.message}.`),
    ])
  }
}
