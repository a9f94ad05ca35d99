// Which of two versions of one business object is newer. Whole numbers compare as numbers of any length, everything else as text:
// instants in UTC of one form compare well so.

export function isOlder(version: string, than: string): boolean {
  if (isWhole(version) && isWhole(than)) return BigInt(version) < BigInt(than)
  return version < than
}

function isWhole(text: string): boolean {
  return text.length <= 40 && /^[0-9]+$/u.test(text)
}
