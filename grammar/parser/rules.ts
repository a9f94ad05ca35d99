// The rules by name, filled by the install functions of the other files. Rules refer to each other through this table,
// so that expressions may hold statements and the other way round.
import type * as tree from "../tree/index.ts"
import type { Rule } from "./dsl.ts"
import type { LabelRule } from "./policy-rules.ts"

export interface Rules {
  name: Rule<[], tree.Name>
  path: Rule<[], tree.Path>
  text: Rule<[], tree.TextLiteral>

  value: Rule<[], tree.Expression>
  valueOrExit: Rule<[], tree.Expression>
  exit: Rule<[], tree.ExitExpression>
  operation: Rule<[minimum: number], tree.Expression>
  operand: Rule<[], tree.Expression>
  primary: Rule<[], tree.Expression>
  literal: Rule<[], tree.Expression>
  call: Rule<[callee: tree.Name, start: number], tree.Expression>
  asOf: Rule<[], tree.AsOf>
  day: Rule<[], tree.Expression>
  membership: Rule<[left: tree.Expression, start: number], tree.Expression>
  match: Rule<[], tree.Expression>
  arm: Rule<[], tree.MatchArm>
  pattern: Rule<[], tree.Pattern>
  each: Rule<[], tree.Expression>
  group: Rule<[], tree.Expression>
  groupKey: Rule<[], tree.GroupKey>
  tree: Rule<[], tree.Expression>
  previous: Rule<[], tree.Expression>
  running: Rule<[], tree.Expression>
  join: Rule<[], tree.Generator>
  conflict: Rule<[], NonNullable<tree.JoinClause["conflict"]>>
  periodOf: Rule<[], tree.Expression>
  zoned: Rule<[], tree.Expression>
  spread: Rule<[], tree.Expression>
  list: Rule<[], tree.ListExpression>
  record: Rule<[], tree.RecordExpression>
  share: Rule<[], tree.Expression>
  argument: Rule<[], tree.Expression>

  statement: Rule<[], tree.Statement>
  check: Rule<[], tree.CheckStatement>
  control: Rule<[], tree.ControlStatement>
  keyStatement: Rule<[], tree.KeyStatement>
  choose: Rule<[], tree.ChooseStatement>
  chooseArm: Rule<[overValue: boolean], tree.ChooseArm>
  partsStatement: Rule<[], tree.PartsStatement>

  sourceName: Rule<[], tree.TextLiteral>
  contractSource: Rule<[], tree.ContractSource>

  type: Rule<[], tree.TypeNode>
  simpleType: Rule<[], tree.TypeNode>
  builtinType: Rule<[], tree.TypeNode>
  namedType: Rule<[], tree.TypeNode>
  enumType: Rule<[], tree.TypeNode>
  unionRest: Rule<[first: tree.NamedTypeNode, start: number], tree.TypeNode>
  unionArm: Rule<[], tree.UnionArm>
  enumMember: Rule<[], tree.EnumMemberNode>
  enumBody: Rule<[], readonly tree.EnumMemberNode[]>
  dictionaryType: Rule<[], tree.TypeNode>
  size: Rule<[], tree.SizeArgument>
  parameter: Rule<[], tree.Parameter>
  parameters: Rule<[], readonly tree.Parameter[]>

  member: Rule<[], tree.Member>
  memberBody: Rule<[], readonly tree.Member[]>
  fieldsRule: Rule<[], tree.FieldsRule>
  require: Rule<[], tree.RequireRule>
  retention: Rule<[], tree.RetentionClause>
  slo: Rule<[], tree.SloClause>
  events: Rule<[], tree.EventsClause>
  bitmaps: Rule<[], tree.BitmapsClause>
  bitmapField: Rule<[], tree.BitmapsClause["fields"][number]>
  answers: Rule<[], tree.AnswersClause>
  modifier: Rule<[], tree.Modifier>
  wireForm: Rule<[], tree.WireFormNode>

  file: Rule<[], tree.Declaration[]>
  declaration: Rule<[], tree.Declaration>
  import: Rule<[], tree.Declaration>
  system: Rule<[], tree.Declaration>
  systemWire: Rule<[], tree.WireClause>
  wireValue: Rule<[], tree.WireOption["value"]>
  enum: Rule<[], tree.Declaration>
  recordDeclaration: Rule<[], tree.Declaration>
  contract: Rule<[], tree.Declaration>
  crosswalk: Rule<[], tree.Declaration>
  hierarchy: Rule<[], tree.Declaration>
  hierarchyRow: Rule<[], tree.HierarchyRow>
  crosswalkSource: Rule<[], tree.CrosswalkSource>
  crosswalkRow: Rule<[], tree.CrosswalkRow>
  columns: Rule<[], tree.CrosswalkSource["columns"]>
  effective: Rule<[], tree.EffectiveClause>
  calendar: Rule<[], tree.Declaration>
  calendarClause: Rule<[], tree.CalendarClause>
  map: Rule<[], tree.Declaration>
  source: Rule<[], tree.SourceParameter>
  collect: Rule<[], tree.CollectClause>
  setClauses: Rule<[], Pick<tree.MapDeclaration, "collect" | "totals" | "controls">>
  test: Rule<[], tree.Declaration>
  testMember: Rule<[], tree.TestMember>
  testValue: Rule<[], tree.TestValue>
  expectation: Rule<[], tree.Expectation>
  policy: Rule<[], tree.Declaration>
  policyMember: Rule<[], tree.PolicyMember>
  every: Rule<[], tree.PolicyMember>
  labelRule: Rule<[], LabelRule>
  allow: Rule<[], tree.AllowClause>
  consumer: Rule<[], tree.Declaration>
  consumerMember: Rule<[], tree.ConsumerMember>
  flow: Rule<[], tree.Declaration>
  flowOn: Rule<[], tree.FlowTrigger>
  flowEvery: Rule<[], tree.FlowTrigger>
  flowTime: Rule<[], tree.TimeOfDay>
  flowCondition: Rule<[], tree.FlowCondition>
  flowBody: Rule<[], readonly tree.FlowStatement[]>
  flowStatement: Rule<[], tree.FlowStatement>
  flowGroup: Rule<[], tree.FlowGroup>
  flowWork: Rule<[], tree.FlowWork>
  flowFilter: Rule<[], tree.FlowFilter>
  flowClauses: Rule<[], readonly tree.FlowClause[]>
  flowClause: Rule<[], tree.FlowClause>
  flowExit: Rule<[], tree.FlowExit>
  flowRefusal: Rule<[], tree.FlowRefusal>
  flowRoute: Rule<[], tree.FlowRoute>
  flowSlo: Rule<[], tree.FlowSlo>
  flowNames: Rule<[], tree.Name[]>
  fn: Rule<[], tree.Declaration>
  fnParameter: Rule<[], tree.FunctionParameter>
}
