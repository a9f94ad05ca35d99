// Numbers and texts at the edges of what two schemas say. Flows in: what is known of the payload and the hints of both sides. Flows out:
// values to try; most of them fit the first side, and a validator judges them all.
import { add, compare, multiply, type Rational, roundRational, subtract } from "@fmap/runtime"
import { decimalText } from "../change-of-values.ts"
import { type Facts, isAbove, isBelow, isMultiple } from "../facts.ts"
import { lengthOf } from "../json-values.ts"
import type { Session } from "../session.ts"
import type { Hints } from "./hints.ts"

const whole = (n: number): Rational => ({ n: BigInt(n), d: 1n })
const steps: readonly Rational[] = [
  whole(0),
  whole(1),
  { n: 1n, d: 2n },
  { n: 1n, d: 10n },
  { n: 1n, d: 100n },
  { n: 1n, d: 1000n },
]

/** Numbers a JavaScript validator reads exactly. */
const mostDigits = 15

export function numberCandidates(facts: Facts, hints: Hints): readonly number[] {
  const edges = [facts.low, facts.high, ...hints.flatMap(({ low, high }) => [low, high])].flatMap(
    one => one?.value ?? [],
  )
  const sizes = [...facts.multiples, ...hints.flatMap(({ multipleOf }) => multipleOf ?? [])]
  const around = [...edges, ...sizes, whole(0)].flatMap(edge =>
    [...steps, ...sizes].flatMap(step => [add(edge, step), subtract(edge, step)]),
  )
  const fitted = around.flatMap(value => [value, ...facts.multiples.map(size => nearest(value, size))])
  const fits = fitted.filter(
    value =>
      isAbove(value, facts.low) &&
      isBelow(value, facts.high) &&
      facts.multiples.every(size => isMultiple(value, size)),
  )
  const texts = new Set(fits.toSorted((a, b) => compare(size(a), size(b))).map(decimalText))
  return [...texts].filter(text => text.replace(/\D/gu, "").length <= mostDigits).map(Number)
}

function size(value: Rational): Rational {
  return value.n < 0n ? { n: -value.n, d: value.d } : value
}

/** The multiple next to a value. */
function nearest(value: Rational, of: Rational): Rational {
  const times = roundRational({ n: value.n * of.d, d: value.d * of.n }, 0, "half_up")
  return multiply(of, { n: times ?? 0n, d: 1n })
}

const longestText = 20_000

const formatted: Readonly<Record<string, string>> = {
  date: "2024-02-29",
  "date-time": "2024-02-29T12:00:00Z",
  time: "12:00:00Z",
  duration: "P1D",
  email: "a@example.com",
  "idn-email": "a@example.com",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  uri: "https://example.com/a",
  "uri-reference": "/a",
  iri: "https://example.com/a",
  "iri-reference": "/a",
  uuid: "123e4567-e89b-12d3-a456-426614174000",
  "json-pointer": "/a",
  regex: "a",
  "encoding:base16": "00",
  "encoding:base64": "AA==",
  "encoding:base64url": "AA",
  "media:application/json": "0",
  "media:application/pdf": "%PDF-",
  "media:image/gif": "GIF8",
  "media:image/jpeg": "\u00ff\u00d8\u00ff",
  "media:image/png": "\u0089PNG\r\n\u001a\n",
}

export function textCandidates(facts: Facts, hints: Hints, { patterns }: Session): readonly string[] {
  const others = [...new Set(hints.flatMap(part => part.patterns))]
  const known = facts.patterns.length === 0 ? [""] : facts.patterns
  const telling = known.flatMap(narrow =>
    others.flatMap(wide => {
      const found = patterns.includes(narrow, wide)
      return found.kind === "not included" ? [found.text] : []
    }),
  )
  const matching = facts.patterns.flatMap(pattern => patterns.samples(pattern, 12))
  const lengths = [
    facts.minLength,
    facts.maxLength,
    ...hints.flatMap(({ minLength, maxLength }) => [minLength, maxLength]),
  ]
    .filter(length => length !== null)
    .flatMap(length => [length, length + 1, length - 1])
    .filter(length => length >= 0 && length <= longestText)
  const plain = [...new Set([1, 0, ...lengths])].map(length => "a".repeat(length))
  const said = hints
    .flatMap(part => (part.values ?? []).filter(value => typeof value === "string"))
    .slice(0, 20)
  const kinds = [...facts.formats, ...hints.flatMap(part => part.formats)].flatMap(
    name => formatted[name.replace(/^format:/u, "")] ?? [],
  )
  const all = [
    ...telling,
    ...matching,
    ...kinds,
    ...plain,
    ...said,
    ...Object.values(formatted).slice(0, 2),
    "A1",
  ]
  return [...new Set(all)].filter(text => {
    const length = lengthOf(text)
    const isLong = facts.maxLength !== null && length > facts.maxLength
    return (
      length >= facts.minLength &&
      !isLong &&
      facts.patterns.every(one => patterns.matches(one, text) !== false)
    )
  })
}
