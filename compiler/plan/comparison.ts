// What a comparison asks of two values that were put in order. Flows in: the operator and their order. Flows out: true or false.

export type ComparisonOperator = "==" | "!=" | "<" | "<=" | ">" | ">="

export function holds(operator: ComparisonOperator, order: -1 | 0 | 1): boolean {
  switch (operator) {
    case "==":
      return order === 0
    case "!=":
      return order !== 0
    case "<":
      return order < 0
    case "<=":
      return order <= 0
    case ">":
      return order > 0
    case ">=":
      return order >= 0
  }
}
