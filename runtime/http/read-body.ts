// The bytes of a request, up to a limit. Flows in: a request. Flows out: its bytes; undefined where there are more, and no more than the limit was held.

export async function readBody(request: Request, longest: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get("content-length") ?? 0) > longest) return undefined
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > longest) {
      await reader.cancel()
      return undefined
    }
    parts.push(value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
