# Makes decimal-vectors.json with Python's `decimal` and `fractions` modules (libmpdec), an implementation that shares
# nothing with runtime/decimal. Run: python3 generate-decimal-vectors.py > decimal-vectors.json
# Each row: [operation, mode, a, b, scale, expected]; numbers as decimal text, "" where the result is none.
#   round     a to `scale` digits by `mode`              divide    a / b to `scale` digits by `mode`
#   add subtract multiply   exact                        compare   "-1" "0" "1"
import json
import random
from decimal import (Decimal, localcontext, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_UP, ROUND_DOWN,
                     ROUND_CEILING, ROUND_FLOOR)
from fractions import Fraction

MODES = {"half_even": ROUND_HALF_EVEN, "half_up": ROUND_HALF_UP, "half_down": ROUND_HALF_DOWN, "up": ROUND_UP,
         "down": ROUND_DOWN, "ceiling": ROUND_CEILING, "floor": ROUND_FLOOR}
rnd = random.Random(4217)


def plain(d):
    text = format(d, "f")
    return text[1:] if text.startswith("-") and Decimal(text) == 0 else text


def number():
    kind = rnd.randrange(6)
    scale = rnd.randrange(0, 13)
    digits = rnd.choice([1, 2, 3, 5, 9, 15, 16, 17, 21, 38, 60])
    n = rnd.randrange(10 ** digits)
    if kind == 0:  # a tie at some digit
        n = n - n % 10 + 5
    if kind == 1:  # all nines
        n = 10 ** digits - rnd.randrange(1, 3)
    if kind == 2:  # around 2^53
        n = 2 ** 53 + rnd.randrange(-3, 4)
    return Decimal(n).scaleb(-scale) * rnd.choice([1, -1])


def rounded(fraction, scale, mode):
    """An exact fraction to a scale: libmpdec divides to far more digits than needed, with a sticky digit."""
    shifted = fraction * 10 ** scale
    whole, rest = divmod(abs(shifted.numerator), shifted.denominator)
    # whole plus a digit that stands for the rest: 0, below half, half, above half
    sticky = 0 if rest == 0 else (5 if 2 * rest == shifted.denominator else (1 if 2 * rest < shifted.denominator else 9))
    d = (Decimal(whole) + Decimal(sticky).scaleb(-1)) * (-1 if shifted < 0 else 1)
    return d.quantize(Decimal(1), rounding=MODES[mode]).scaleb(-scale)


rows = []
with localcontext() as context:
    context.prec = 400
    for value in ["0", "0.5", "1.5", "2.5", "1.005", "2.345", "0.125", "-0.125", "12.345", "-2.5", "0.045", "0.055", "999.995",
                  "-999.995", "0.0049999999999999999999", "0.0050000000000000000001", "9007199254740991.5"]:
        for mode in MODES:
            for scale in [0, 1, 2]:
                rows.append(["round", mode, value, "", scale,
                             plain(Decimal(value).quantize(Decimal(1).scaleb(-scale), rounding=MODES[mode]))])
    for _ in range(1500):
        a, mode, scale = number(), rnd.choice(list(MODES)), rnd.randrange(0, 8)
        rows.append(["round", mode, plain(a), "", scale, plain(a.quantize(Decimal(1).scaleb(-scale), rounding=MODES[mode]))])
    for _ in range(1000):
        a, b, mode, scale = number(), number(), rnd.choice(list(MODES)), rnd.randrange(0, 8)
        if b == 0:
            continue
        exact = Fraction(a) / Fraction(b)
        if exact.numerator.bit_length() > 700:
            continue
        rows.append(["divide", mode, plain(a), plain(b), scale, plain(rounded(exact, scale, mode))])
    for a, b, scale in [("100", "3", 2), ("-100", "3", 2), ("1", "8", 2), ("-1", "8", 2), ("1", "-8", 2), ("2", "3", 0), ("1", "2", 0), ("3", "2", 0)]:
        for mode in MODES:
            rows.append(["divide", mode, a, b, scale, plain(rounded(Fraction(Decimal(a)) / Fraction(Decimal(b)), scale, mode))])
    for _ in range(500):
        a, b = number(), number()
        for operation, result in [("add", a + b), ("subtract", a - b), ("multiply", a * b)]:
            rows.append([operation, "", plain(a), plain(b), 0, plain(result)])
        rows.append(["compare", "", plain(a), plain(b), 0, str(int(a.compare(b)))])

print("[")
print(",\n".join(json.dumps(row) for row in rows))
print("]")
