// The routes between a browser and the issuer people sign in at. Flows in: a login, and what the other ways of coming in use. Flows out: routes on an app: away to the issuer, back from it, and away once more to sign out.
// Where somebody goes on to is a page of ours, whatever they asked for.
import type { Hono } from "hono"
import { deleteCookie, getCookie, setCookie } from "hono/cookie"
import type { ContentfulStatusCode } from "hono/utils/http-status"
import { type Login, type LoginRefused, loginProblems } from "../auth/login.ts"
import type { Person } from "../auth/person.ts"
import { returnPath } from "../auth/return-path.ts"
import type { Sessions } from "../auth/sessions.ts"
import type { Throttle } from "../auth/throttle.ts"
import type { ServiceParts } from "../service-parts.ts"
import type { Asked, ConsoleDoor, ConsoleEnv } from "./console-door.ts"
import { type LoginAsked, onwardPage, refusalWords } from "./login-page.ts"

type Page = Response | Promise<Response>

export interface Entering {
  readonly door: ConsoleDoor
  readonly sessions: Sessions
  readonly throttle: Throttle
  begin(context: Asked, person: Person, hint: string): Promise<void>
  enter(asked: LoginAsked, status: number): Page
  /** Undefined: it may go on. */
  waiting(context: Asked): Page | undefined
}

export const otherName = "This service has another name."
const attemptSeconds = 10 * 60

export function addIssuer(
  app: Hono<ConsoleEnv>,
  login: Login,
  { failing }: Pick<ServiceParts, "failing">,
  { door, sessions, throttle, begin, enter, waiting }: Entering,
): void {
  const kept = () => `${door.cookie()}-login`
  const path = () => ({ path: "/", secure: door.isSecure() })

  function refusedWith(context: Asked, why: LoginRefused, to: string): Page {
    const { status, counts } = loginProblems[why.code]
    context.set("because", why.code)
    if (counts) throttle.failed(context.env?.address ?? "")
    if (why.operator !== undefined) failing?.(why.operator)
    return enter({ to, why: refusalWords(why) }, status)
  }

  app.get("/login/begin", async context => {
    context.set("route", "console to issuer")
    const origin = door.originOf(context)
    if (origin === undefined) return door.refused(421, otherName)
    const wait = waiting(context)
    if (wait !== undefined) return wait
    const to = returnPath(context.req.query("to"))
    const begun = await login.begin({ redirect: `${origin}/login/callback`, to })
    if (begun.kind === "refused") return refusedWith(context, begun, to)
    // The issuer's page leads back here, from another site: so this cookie is Lax, and the session's is not.
    setCookie(context, kept(), begun.kept, {
      ...path(),
      httpOnly: true,
      sameSite: "Lax",
      maxAge: attemptSeconds,
    })
    return context.redirect(begun.url, 303)
  })

  app.get("/login/callback", async context => {
    context.set("route", "console from issuer")
    const origin = door.originOf(context)
    if (origin === undefined) return door.refused(421, otherName)
    const wait = waiting(context)
    if (wait !== undefined) return discreet(context, wait)
    const sealed = getCookie(context, kept()) ?? ""
    const came = await login.finish({
      redirect: `${origin}/login/callback`,
      query: new URL(context.req.url).searchParams,
      kept: sealed,
    })
    // One that belongs to another login is left to that one.
    if (came.kind === "person" || came.code !== "LOGIN_UNKNOWN") deleteCookie(context, kept(), path())
    if (came.kind === "refused") return discreet(context, refusedWith(context, came, "/"))
    await begin(context, came.person, came.hint)
    return discreet(context, door.answer(onwardPage("Signed in", "You are signed in.", came.to)))
  })

  app.get("/login/leave", context => {
    context.set("route", "console leaving")
    if (!door.isOurs(context)) return door.refused(421, otherName)
    const onward = sessions.onward(getCookie(context, door.cookie()) ?? "")
    if (onward === undefined) return door.to("/login")
    deleteCookie(context, door.cookie(), path())
    return context.redirect(onward, 303)
  })
}

/** The page with the cookies that were set. Its address holds a code: no page after it is told of it. */
async function discreet(context: Asked, page: Page): Promise<Response> {
  const answer = await page
  for (const [name, value] of answer.headers) context.header(name, value)
  context.header("referrer-policy", "no-referrer")
  return context.body(await answer.text(), answer.status as ContentfulStatusCode)
}
