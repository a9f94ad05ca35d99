// Where somebody goes on after signing in. Flows in: what an address asked for, which anybody may have written. Flows out: a path of a page of ours, always.

const longest = 2_000
/** Pages people look at; a form's answer, the login and the API are none. */
const page = /^\/(?:(?:exceptions|flows|trace|replay|audit)(?:\/[^/]+)?)?$/u

/** `/` for everything that is not plainly one of our pages. */
export function returnPath(wanted: string | null | undefined): string {
  const text = wanted ?? ""
  // Browsers read a backslash as a slash, and leave out tabs and line ends: what they would read otherwise than we do is not taken.
  if (text.length > longest || !/^\/[\x21-\x7e]*$/u.test(text) || text.includes("\\")) return "/"
  const base = "https://fmap.invalid"
  if (!URL.canParse(text, base)) return "/"
  const { origin, pathname, search } = new URL(text, base)
  return origin === base && page.test(pathname) ? `${pathname}${search}` : "/"
}
