// The rounding modes of the language; plain names, shared by both number paths.
export type RoundingMode =
  | "half_even"
  | "half_up"
  | "half_down"
  | "up"
  | "down"
  | "ceiling"
  | "floor"
  | "exact"
