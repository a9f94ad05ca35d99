// SHA-256 (FIPS 180-4) and HMAC (RFC 2104) in plain numbers, because the core runs on engines without a synchronous hash. Flows in: text,
// hashed as UTF-8; flows out: 64 hexadecimal digits.

/** Of the engine; named here because ES2022's own types do not know it. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

/** The first 32 bits of the fractions of the cube roots of the first 64 primes, and of the square roots of the first 8. */
const rounds = primes(64).map(prime => fractionBits(Math.cbrt(prime)))
const initial = primes(8).map(prime => fractionBits(Math.sqrt(prime)))

export function sha256(text: string): string {
  return hexadecimal(digest(new TextEncoder().encode(text)))
}

/** Nobody who does not know the key can tell the text from it, or whether a guess is right. */
export function hmacSha256(key: string, text: string): string {
  const encoder = new TextEncoder()
  const given = encoder.encode(key)
  const short = given.length > blockSize ? bytesOf(digest(given)) : given
  const padded = (by: number) => Uint8Array.from({ length: blockSize }, (_, i) => (short[i] ?? 0) ^ by)
  const inner = digest(joined(padded(0x36), encoder.encode(text)))
  return hexadecimal(digest(joined(padded(0x5c), bytesOf(inner))))
}

const blockSize = 64

function hexadecimal(state: Uint32Array): string {
  return Array.from(state, word => word.toString(16).padStart(8, "0")).join("")
}

function bytesOf(state: Uint32Array): Uint8Array {
  return Uint8Array.from({ length: state.length * 4 }, (_, i) => (state[i >> 2] ?? 0) >>> (24 - (i & 3) * 8))
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length)
  both.set(first)
  both.set(second, first.length)
  return both
}

function digest(bytes: Uint8Array): Uint32Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  padded.set(bytes)
  padded[bytes.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x2000_0000))
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0)
  const state = Uint32Array.from(initial)
  const schedule = new Uint32Array(64)
  for (let offset = 0; offset < padded.length; offset += 64) block(state, schedule, view, offset)
  return state
}

function block(state: Uint32Array, w: Uint32Array, view: DataView, offset: number): void {
  for (let i = 0; i < 16; i++) w[i] = view.getUint32(offset + i * 4)
  for (let i = 16; i < 64; i++) {
    const early = w[i - 15] ?? 0
    const late = w[i - 2] ?? 0
    const s0 = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3)
    const s1 = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10)
    w[i] = (w[i - 16] ?? 0) + s0 + (w[i - 7] ?? 0) + s1
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state
  for (let i = 0; i < 64; i++) {
    const mixed =
      h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + (rounds[i] ?? 0) + (w[i] ?? 0)
    const majority = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
    h = g
    g = f
    f = e
    e = (d + mixed) | 0
    d = c
    c = b
    b = a
    a = (mixed + majority) | 0
  }
  const words = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) state[i] = (state[i] ?? 0) + (words[i] ?? 0)
}

function turn(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits))
}

function fractionBits(root: number): number {
  return ((root - Math.floor(root)) * 0x1_0000_0000) >>> 0
}

function primes(count: number): readonly number[] {
  const found: number[] = []
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every(prime => candidate % prime !== 0)) found.push(candidate)
  }
  return found
}
