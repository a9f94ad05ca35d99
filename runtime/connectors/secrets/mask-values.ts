// Texts without secrets. Flows in: values to hide. Flows out: a function that writes dots in their place, in the forms they take on the way: as they are, in
// JSON, in URLs, in base64 (with what stands before them in a Basic header).

const dots = "•••"
/** Shorter ones would blot out half of every text. */
const shortest = 6
/** The newest; tokens come and go. */
const kept = 200

export interface Mask {
  hide(value: string): void
  mask(text: string): string
}

export function createMask(): Mask {
  const known = new Map<string, readonly string[]>()
  return {
    hide(value) {
      if (value.length < shortest) return
      const forms = known.get(value) ?? formsOf(value)
      known.delete(value)
      known.set(value, forms)
      const [oldest] = known.keys()
      if (known.size > kept && oldest !== undefined) known.delete(oldest)
    },
    mask(text) {
      const forms = [...known.values()].flat().toSorted((a, b) => b.length - a.length)
      return forms.reduce((left, form) => left.replaceAll(form, dots), text)
    },
  }
}

function formsOf(value: string): readonly string[] {
  const base64 = Buffer.from(value, "utf8").toString("base64")
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    base64,
    base64.replace(/=+$/, ""),
  ]
  return [...new Set(forms)].filter(form => form.length >= shortest)
}
