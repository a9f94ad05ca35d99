// Where people come in. Flows in: why the last try failed, where they wanted to go, whether there is an issuer to sign in at. Flows out: pages with a link to the issuer, a form for a token, or why somebody may not enter.
import { html } from "hono/html"
import { type LoginRefused, loginProblems } from "../auth/login.ts"
import { returnPath } from "../auth/return-path.ts"
import { type Html, note, page, withQuery } from "./page.ts"

export interface LoginAsked {
  /** A path of a page of ours. */
  readonly to: string
  /** The name of the issuer; undefined: there is none. */
  readonly issuer?: string | undefined
  readonly why?: Html | string | undefined
}

const mostSeen = 40

export function loginPage({ to, issuer, why }: LoginAsked): Html {
  const told = why === undefined ? "" : note("bad", typeof why === "string" ? html`<p>${why}</p>` : why)
  const token = html`<form action="/login" method="post">
        <input type="hidden" name="to" value="${to}" />
        <div class="field">
          <label for="token">Token</label>
          <textarea class="token" id="token" name="token" required ${issuer === undefined ? html`autofocus` : ""} autocomplete="off" spellcheck="false"></textarea>
        </div>
        <button class="${issuer === undefined ? "first" : ""}">Sign in</button>
      </form>`
  const words =
    "Paste the token your identity provider or gateway gave you. It says who you are and in which role you act; it is not kept."
  return page({
    title: "Sign in",
    content: html`<div class="enter sheet">
      <h1>Sign in</h1>
      ${
        issuer === undefined
          ? html`<p class="soft">${words}</p>${told}${token}`
          : html`${told}<p><a class="button first" href="${withQuery("/login/begin", { to })}">Sign in at ${issuer}</a></p>
      <details><summary>With a token</summary><p class="soft">${words}</p>${token}</details>`
      }
    </div>`,
  })
}

/** Why the issuer's answer lets nobody in; to be tried again. */
export function refusalWords({ code, word, seen }: LoginRefused): Html {
  const { says } = loginProblems[code]
  const said = word === undefined ? "" : html` It says <span class="mono">${word}</span>.`
  const groups =
    seen === undefined
      ? ""
      : seen.words.length === 0
        ? html`<p>There is no group in the claim <span class="mono">${seen.claim}</span> of its answer.</p>`
        : html`<p>Seen in the claim <span class="mono">${seen.claim}</span>:</p><ul>${seen.words
            .slice(0, mostSeen)
            .map(text => html`<li class="mono">${text.slice(0, 100)}</li>`)}</ul>${
            seen.words.length > mostSeen ? html`<p>… and ${seen.words.length - mostSeen} more.</p>` : ""
          }`
  return html`<p>${says}${said}</p>${groups}`
}

/** A browser that comes from elsewhere does not send the cookie of a session along: it is this page of ours that leads on. */
export function onwardPage(title: string, text: string, path: string): Html {
  return page({
    title,
    onward: path,
    content: html`<div class="enter sheet"><h1>${title}</h1><p>${text}</p><p><a class="button first" href="${path}">Go on</a></p></div>`,
  })
}

/** `/login`, which remembers where somebody wanted to go. */
export function loginPath(url: string): string {
  const { pathname, search } = new URL(url)
  const to = returnPath(`${pathname}${search}`)
  return to === "/" ? "/login" : withQuery("/login", { to })
}
