// A sentence in plain words with names of the program in it. Flows in: text and names. Flows out: a list of pieces that a page, a
// Markdown sheet or a table cell each write in their own way. Escapes nothing and knows no format.

/** A text, or a name as it stands in the source. */
export type Word = string | { readonly code: string }
export type Words = readonly Word[]

/** `` say`Copied from ${code("opp.Id")}.` ``: texts and words in one sentence; neighbouring texts become one. */
export function say(texts: TemplateStringsArray, ...holes: readonly (Words | string | number)[]): Words {
  return joinPieces(
    texts.flatMap((text, i): Words => {
      const hole = holes[i]
      return [text, ...(hole === undefined ? [] : typeof hole === "object" ? hole : [String(hole)])]
    }),
  )
}

export function code(name: string): Words {
  return [{ code: name }]
}

/** `a, b and c`. */
export function listed(all: readonly Words[], last = "and"): Words {
  return joinPieces(
    all.flatMap((words, i) => [i === 0 ? "" : i === all.length - 1 ? ` ${last} ` : ", ", ...words]),
  )
}

export function separated(all: readonly Words[], by: string): Words {
  return joinPieces(all.flatMap((words, i) => [i === 0 ? "" : by, ...words]))
}

/** The first letter large, a full stop at the end: a noun phrase becomes a sentence. */
export function sentence(words: Words): Words {
  const [first, ...rest] = words
  const begun: Words =
    typeof first === "string" ? [first.slice(0, 1).toUpperCase() + first.slice(1), ...rest] : words
  return joinPieces([...begun, "."])
}

export function plainWords(words: Words): string {
  return words.map(word => (typeof word === "string" ? word : word.code)).join("")
}

function joinPieces(words: Words): Words {
  const joined: Word[] = []
  for (const word of words) {
    const last = joined.at(-1)
    if (word === "") continue
    if (typeof word === "string" && typeof last === "string") joined[joined.length - 1] = last + word
    else joined.push(word)
  }
  return joined
}
