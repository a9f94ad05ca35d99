// Identifiers of an emitted module: unique, ASCII, never a reserved word or a global. Authors' names flow in as hints.
import { isIdentifier } from "./escape.ts"

const RESERVED: ReadonlySet<string> = new Set(
  (
    "break case catch class const continue debugger default delete do else enum export extends false finally for function if " +
    "import in instanceof new null return super switch this throw true try typeof var void while with yield let static await " +
    "async of get set implements interface package private protected public arguments eval undefined NaN Infinity " +
    "globalThis Object Array String Number BigInt Boolean Symbol Map Set Math JSON Function Promise Proxy Reflect Date " +
    "RegExp Error process require module exports window document any unknown never string number bigint boolean object " +
    "symbol readonly type declare as is keyof infer namespace abstract constructor __proto__ prototype name length"
  ).split(" "),
)

/** An identifier like the hint: other characters become `$` and their code point, reserved words get a trailing `_`. */
export function identifier(hint: string): string {
  let text = isIdentifier(hint) ? hint : ""
  for (const character of text === "" ? hint : "") {
    if (/[A-Za-z0-9_$]/.test(character)) text += character
    else if (character === " " || character === "-" || character === ".") text += "_"
    else text += `$${(character.codePointAt(0) ?? 0).toString(16)}`
  }
  if (text === "" || /^[0-9]/.test(text)) text = `_${text}`
  return RESERVED.has(text) ? `${text}_` : text
}

/** Names already taken in a module or function. Inner scopes see the outer ones, and an outer scope takes no name that an inner one has: it would be hidden there. */
export interface Names {
  readonly fresh: (hint: string) => string
  /** A scope of its own inside this one. */
  readonly inner: () => Names
}

export function createNames(): Names {
  return scope(
    () => false,
    () => undefined,
  )
}

function scope(takenOutside: (id: string) => boolean, tellOutside: (id: string) => void): Names {
  const own = new Set<string>()
  const inside = new Set<string>()
  // no name is ever given back: below this count all are taken
  const counts = new Map<string, number>()
  const has = (id: string): boolean => own.has(id) || takenOutside(id)
  return {
    fresh: hint => {
      const base = identifier(hint.length > 60 ? hint.slice(0, 60) : hint)
      let count = counts.get(base) ?? 1
      const numbered = (): string => `${base}${/[0-9]$/.test(base) ? "_" : ""}${count}`
      let id = count === 1 ? base : numbered()
      while (has(id) || inside.has(id)) {
        count++
        id = numbered()
      }
      counts.set(base, count)
      own.add(id)
      tellOutside(id)
      return id
    },
    inner: () =>
      scope(has, id => {
        inside.add(id)
        tellOutside(id)
      }),
  }
}
