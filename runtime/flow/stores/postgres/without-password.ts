// A connection as it may be told to people and written down. Flows in: `postgres://user:word@host/database?password=word`. Flows out: the same without words.

/** A password may hold an @ that nobody escaped: the last one ends it. */
export function withoutPassword(connection: string): string {
  return connection
    .replace(/:\/\/([^:@/]*):[^/]*@/u, "://$1@")
    .replaceAll(/(?<=[?&])(?:password|sslpassword)=[^&]*&?/giu, "")
    .replace(/[?&]$/u, "")
}
