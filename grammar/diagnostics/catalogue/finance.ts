import { entry } from "./entry.ts"

export const finance = {
} as const
