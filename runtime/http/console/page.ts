// What stands around every page. Flows in: a title, who looks, the content. Flows out: a document without a script: style from our own address, forms, links to ourselves alone.
import { html } from "hono/html"
import { may } from "../../flow/port/permissions.ts"
import type { Person } from "../auth/person.ts"

export type Html = ReturnType<typeof html>

export interface PageParts {
  readonly title: string
  /** Where it is in the navigation. */
  readonly at?: string
  /** Undefined: nobody has signed in. */
  readonly person?: Person | undefined
  /** A path of ours it goes on to by itself. */
  readonly onward?: string
  readonly content: Html
}

const places = [
  { path: "/", name: "Queues", action: "exceptions.read" },
  { path: "/exceptions", name: "Exceptions", action: "exceptions.read" },
  { path: "/flows", name: "Flows", action: "flows.read" },
  { path: "/trace", name: "Trace", action: "trace.read" },
  { path: "/replay", name: "Replay", action: "replay.rehearse" },
  { path: "/audit", name: "Audit", action: "audit.read" },
] as const

export function page({ title, at, person, onward, content }: PageParts): Html {
  const signedIn =
    person === undefined
      ? ""
      : html`<nav aria-label="Pages">
            ${places
              .filter(({ action }) => may(person.role, action))
              .map(
                ({ path, name }) =>
                  html`<a href="${path}" ${path === at ? html`aria-current="page"` : ""}>${name}</a>`,
              )}
          </nav>
          <form class="find" action="/trace" role="search">
            <input type="search" name="key" aria-label="Business key" placeholder="Order, deal, event …" maxlength="500" />
            <button>Find</button>
          </form>
          <form action="/logout" method="post">
            <span class="role">${person.role}</span>
            <span class="who" title="${person.subject}">${person.subject}</span>
            <button>Sign out</button>
          </form>`
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    ${onward === undefined ? "" : html`<meta http-equiv="refresh" content="0; url=${onward}" />`}
    <title>${title} · fmap</title>
    <link rel="stylesheet" href="/style.css" />
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
  </head>
  <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header class="bar"><div><a class="brand" href="/">fmap</a>${signedIn}</div></header>
    <main id="main" tabindex="-1">${content}</main>
  </body>
</html>`
}

export function note(kind: "good" | "bad", content: unknown): Html {
  return html`<div class="note ${kind}" role="${kind === "bad" ? "alert" : "status"}">${content}</div>`
}

export function pill(word: string): Html {
  return html`<span class="pill ${/^[a-z]+$/u.test(word) ? word : ""}">${word}</span>`
}

/** Names become parts of paths, never of anything else. */
export function pathTo(...parts: readonly (string | number)[]): string {
  return `/${parts.map(part => encodeURIComponent(String(part))).join("/")}`
}

export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const said = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  )
  return said.length === 0 ? path : `${path}?${said.join("&")}`
}
