// What every route of the console does alike. Flows in: parts of the service. Flows out: answers with the policy of pages, whether a request is one of ours, forms, the cookie of a session.
import type { Context } from "hono"
import { html } from "hono/html"
import type { Person } from "../auth/person.ts"
import { readBody } from "../read-body.ts"
import type { ServiceParts } from "../service-parts.ts"
import { type Html, page } from "./page.ts"

export interface ConsoleEnv {
  readonly Bindings: { readonly address: string }
  readonly Variables: {
    person: Person | undefined
    route: string
    /** Why it was refused, as a code. */
    because: string | undefined
  }
}
export type Asked = Context<ConsoleEnv>

/** A form, an edit of a large record among them. */
const longestForm = 1 << 20

const consoleHeaders = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // With no-referrer a browser would not say where a form of ours comes from.
  "referrer-policy": "same-origin",
} as const

export interface ConsoleDoor {
  answer(content: Html | string, status?: number, type?: string): Response | Promise<Response>
  to(path: string): Response
  refused(status: number, text: string, person?: Person): Response | Promise<Response>
  /** By a name of ours, so that a page of others that leads here is none of ours. */
  isOurs(context: Asked): boolean
  isOurForm(context: Asked): boolean
  /** By which of our names it was asked; undefined: by none. */
  originOf(context: Asked): string | undefined
  formOf(context: Asked): Promise<URLSearchParams | undefined>
  /** The name of the cookie of sessions; others of ours begin with it. */
  cookie(): string
  isSecure(): boolean
}

export function consoleDoor(parts: Pick<ServiceParts, "origins">): ConsoleDoor {
  const isSecure = () => parts.origins().some(origin => origin.startsWith("https:"))
  function answer(
    content: Html | string,
    status = 200,
    type = "text/html; charset=utf-8",
  ): Response | Promise<Response> {
    const respond = (text: unknown) =>
      new Response(String(text), { status, headers: { ...consoleHeaders, "content-type": type } })
    return content instanceof Promise ? content.then(respond) : respond(content)
  }
  const originOf = (context: Asked) => {
    const host = context.req.header("host") ?? new URL(context.req.url).host
    return parts.origins().find(origin => new URL(origin).host === host)
  }
  return {
    answer,
    to: path => new Response(null, { status: 303, headers: { ...consoleHeaders, location: path } }),
    refused: (status, text, person) =>
      answer(
        page({
          title: "Refused",
          person,
          content: html`<div class="sheet"><h1>This cannot be</h1><p>${text}</p><p><a href="/">To the queues</a></p></div>`,
        }),
        status,
      ),
    isOurs: context => originOf(context) !== undefined,
    originOf,
    isOurForm(context) {
      const site = context.req.header("sec-fetch-site")
      return (
        parts.origins().includes(context.req.header("origin") ?? "") &&
        (site === undefined || site === "same-origin")
      )
    },
    async formOf(context) {
      if (!/^application\/x-www-form-urlencoded\b/iu.test(context.req.header("content-type") ?? ""))
        return undefined
      const bytes = await readBody(context.req.raw, longestForm)
      return bytes === undefined ? undefined : new URLSearchParams(new TextDecoder().decode(bytes))
    },
    cookie: () => (isSecure() ? "__Host-fmap" : "fmap"),
    isSecure,
  }
}
