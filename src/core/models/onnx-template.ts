/**
 * The shape of our ONNX graph, on which encode and decode agree. Raise TEMPLATE_VERSION when the graph or the columns
 * of span or beat rows change.
 */
import type { SectionKind } from '../labels/section-kind.ts'

export const PRODUCER = 'algiers'
export const TEMPLATE_VERSION = '2'
export const IR_VERSION = 8
export const OPSETS = [
  { domain: '', version: 15 },
  { domain: 'ai.onnx.ml', version: 3 },
] as const

type OwnHeadName = `own_${SectionKind}`
export type HeadName = 'span' | 'beat' | 'boundary' | OwnHeadName

export const ownHeadName = (kind: SectionKind): OwnHeadName => `own_${kind}`

const INPUTS = { span: 'span_features', beat: 'beat_features' } as const

/** The input that feeds a head: heads of spans take the same rows, and so do heads of beats. */
export const inputName = (head: HeadName): (typeof INPUTS)['span' | 'beat'] =>
  head === 'beat' || head === 'boundary' ? INPUTS.beat : INPUTS.span

export const outputName = (head: HeadName): string => `${head}_probabilities`

/** Field numbers of onnx.proto3 (onnx 1.17). */
export const MODEL = { irVersion: 1, producer: 2, graph: 7, opset: 8, metadata: 14, functions: 25 } as const
export const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12, sparse: 15 } as const
export const NODE = { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 } as const
export const ATTRIBUTE = {
  name: 1,
  float: 2,
  integer: 3,
  text: 4,
  tensor: 5,
  graph: 6,
  floats: 7,
  integers: 8,
  texts: 9,
  tensors: 10,
  graphs: 11,
  type: 20,
  sparse: 22,
  sparses: 23,
} as const
export const ATTRIBUTE_TYPE = { integer: 2, text: 3, floats: 6, integers: 7, texts: 8 } as const
export const TENSOR = {
  dimensions: 1,
  type: 2,
  floats: 4,
  int32s: 5,
  texts: 6,
  int64s: 7,
  name: 8,
  raw: 9,
  doubles: 10,
  uint64s: 11,
  external: 13,
  location: 14,
} as const
export const OPERATOR_SET = { domain: 1, version: 2 } as const
export const ENTRY = { key: 1, value: 2 } as const
export const VALUE_INFO = { name: 1, type: 2 } as const
export const TYPE_TENSOR = 1
export const TENSOR_TYPE = { element: 1, shape: 2 } as const
export const SHAPE_DIMENSION = 1
export const DIMENSION = { value: 1, name: 2 } as const
export const FLOAT = 1

export const METADATA = {
  template: 'algiers.template',
  kinds: 'algiers.kinds',
  featureSpec: 'algiers.feature_spec',
  durations: 'algiers.durations',
  order: 'algiers.order',
  kindShares: 'algiers.kind_shares',
  ownKinds: 'algiers.own_kinds',
} as const
