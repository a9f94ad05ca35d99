// RFC 6901 pointers. Flows in: a pointer and a member name or row index; flows out: the longer pointer.

/** `pointer("/lines/0", "a/b")` is `/lines/0/a~1b`. */
export function pointer(base: string, token: string | number): string {
  if (typeof token === "number") return `${base}/${token}`
  return `${base}/${token.includes("~") || token.includes("/") ? token.replaceAll("~", "~0").replaceAll("/", "~1") : token}`
}
