// The name of a region as configuration writes it. Flows in: JSON. Flows out: checked text.
import * as z from "zod/mini"

export const regionSection = z
  .string()
  .check(z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,39}$/u, "write a name such as EU"))
