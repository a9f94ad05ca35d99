// The routes by which people come into the console and leave it. Flows in: parts of the service, its sessions. Flows out: routes on an app: a token that is pasted, a login at an issuer where there is one, signing out here
// and there. Nothing of a token, a code or a secret stands in what they answer or log.
import type { Hono } from "hono"
import { deleteCookie, getCookie, setCookie } from "hono/cookie"
import { audit } from "../../flow/ledger/audit.ts"
import { instantText } from "../../flow/ledger/operation.ts"
import { may } from "../../flow/port/permissions.ts"
import type { Person } from "../auth/person.ts"
import { returnPath } from "../auth/return-path.ts"
import type { Sessions } from "../auth/sessions.ts"
import { createThrottle } from "../auth/throttle.ts"
import type { ServiceParts } from "../service-parts.ts"
import type { Asked, ConsoleDoor, ConsoleEnv } from "./console-door.ts"
import { addIssuer, otherName } from "./issuer-routes.ts"
import { type LoginAsked, loginPage, onwardPage } from "./login-page.ts"

export function addLogin(
  app: Hono<ConsoleEnv>,
  parts: ServiceParts,
  door: ConsoleDoor,
  sessions: Sessions,
): void {
  const { ledger, world, login } = parts
  const { answer, refused, isOurs, cookie } = door
  const throttle = createThrottle(10, 15 * 60_000, world)
  const issuer = login?.name
  const enter = (asked: LoginAsked, status = 200) => answer(loginPage({ issuer, ...asked }), status)

  /** Undefined: it may go on. */
  function waiting(context: Asked) {
    const seconds = throttle.waits(context.env?.address ?? "")
    const why = `Too many tries failed. Try again in ${Math.ceil(seconds / 60)} minutes.`
    return seconds > 0 ? enter({ to: "/", why }, 429) : undefined
  }

  /** Whatever cookie somebody came with: the session is a new one. */
  async function begin(context: Asked, person: Person, hint?: string): Promise<void> {
    context.set("person", person)
    sessions.end(getCookie(context, cookie()) ?? "")
    await ledger.run(() =>
      audit({
        at: instantText(world.now()),
        actor: person.subject,
        action: "sign-in",
        subject: person.subject,
        detail: hint === undefined ? { role: person.role } : { role: person.role, issuer },
      }),
    )
    setCookie(context, cookie(), sessions.begin(person, hint), {
      httpOnly: true,
      sameSite: "Strict",
      path: "/",
      secure: door.isSecure(),
    })
  }

  app.get("/login", context => {
    context.set("route", "console login")
    return isOurs(context) ? enter({ to: returnPath(context.req.query("to")) }) : refused(421, otherName)
  })
  app.post("/login", async context => {
    context.set("route", "console sign-in")
    if (!isOurs(context)) return refused(421, otherName)
    if (!door.isOurForm(context)) return refused(403, "The form did not come from a page of this service.")
    const wait = waiting(context)
    if (wait !== undefined) return wait
    const form = await door.formOf(context)
    const wanted = returnPath(form?.get("to"))
    const token =
      form
        ?.get("token")
        ?.trim()
        .replace(/^Bearer /iu, "") ?? ""
    const verified = await parts.verify(token).catch((error: unknown) => {
      parts.troubled?.(error)
      return undefined
    })
    if (verified === undefined)
      return enter(
        { to: wanted, why: "Tokens cannot be judged at the moment: keys or secrets cannot be read." },
        503,
      )
    if (verified.kind === "refused" || !may(verified.person.role, "exceptions.read")) {
      throttle.failed(context.env?.address ?? "")
      const why =
        verified.kind === "refused" ? verified.why : "This role is one of programs, and has no pages."
      return enter({ to: wanted, why }, 401)
    }
    await begin(context, verified.person)
    return context.redirect(wanted, 303)
  })

  app.post("/logout", async context => {
    context.set("route", "console Signing out")
    if (!isOurs(context)) return refused(421, otherName)
    const word = getCookie(context, cookie()) ?? ""
    const person = sessions.find(word)
    if (person === undefined) return refused(401, "You are not signed in, or no longer; nothing was done.")
    context.set("person", person)
    if (!door.isOurForm(context))
      return refused(403, "The form did not come from a page of this service; nothing was done.")
    const hint = sessions.hintOf(word)
    sessions.end(word)
    const onward =
      hint === undefined ? undefined : await login?.leave(hint, `${door.originOf(context)}/login`)
    if (onward === undefined) {
      deleteCookie(context, cookie(), { path: "/", secure: door.isSecure() })
      return context.redirect("/login", 303)
    }
    sessions.leave(word, onward)
    return answer(
      onwardPage(
        "Signed out",
        `You are signed out here. Now you are signed out at ${issuer}, too.`,
        "/login/leave",
      ),
    )
  })

  if (login !== undefined) addIssuer(app, login, parts, { door, sessions, throttle, begin, enter, waiting })
}
