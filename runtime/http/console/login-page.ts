// Where people come in. Flows in: why the last try failed. Flows out: a form for a token.
import { html } from "hono/html"
import { type Html, note, page } from "./page.ts"

export function loginPage(why: string | undefined): Html {
  return page({
    title: "Sign in",
    content: html`<div class="enter sheet">
      <h1>Sign in</h1>
      <p class="soft">Paste the token your identity provider or gateway gave you. It says who you are and in which role you act; it is not kept.</p>
      ${why === undefined ? "" : note("bad", html`<p>${why}</p>`)}
      <form action="/login" method="post">
        <div class="field">
          <label for="token">Token</label>
          <textarea class="token" id="token" name="token" required autofocus autocomplete="off" spellcheck="false"></textarea>
        </div>
        <button class="first">Sign in</button>
      </form>
    </div>`,
  })
}
