// Is a string Unicode text? A lone surrogate is half a character: it cannot be written as UTF-8, so it is refused at the door.

const loneSurrogate = /\p{Surrogate}/u

export function isWellFormed(text: string): boolean {
  return !loneSurrogate.test(text)
}
