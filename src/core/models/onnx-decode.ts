import { SECTION_KINDS, type SectionKind } from '../labels/section-kind.ts'
import { UserError } from '../support/user-error.ts'
import {
  ATTRIBUTE,
  ENTRY,
  GRAPH,
  type HeadName,
  METADATA,
  MODEL,
  NODE,
  PRODUCER,
  TEMPLATE_VERSION,
  TENSOR,
} from './onnx-template.ts'
import { ProtobufError, type ProtobufField, readPackedFloats, readPackedVarints, readProtobuf } from './protobuf.ts'
import type { BoostedTrees } from './regression-trees.ts'
import { outputCount } from './regression-trees.ts'
import type { Head, SectionModel } from './section-model.ts'

/** Larger than any model we write, so a bigger file is not ours. */
const MAX_BYTES = 8 * 1024 * 1024

const corrupt = (detail: string): UserError => new UserError('MODEL_CORRUPT', detail)
const foreign = (detail: string): UserError => new UserError('INCOMPATIBLE_MODEL', detail)

const bytesOf = (fields: readonly ProtobufField[], number: number): Uint8Array[] =>
  fields.flatMap((field) => (field.field === number && 'bytes' in field ? [field.bytes] : []))

const textOf = (fields: readonly ProtobufField[], number: number): string | null => {
  const bytes = bytesOf(fields, number)[0]
  return bytes === undefined ? null : new TextDecoder().decode(bytes)
}

type Attributes = {
  readonly integers: (name: string) => number[]
  readonly floats: (name: string) => Float32Array
  readonly modes: string[]
}

const attributesOf = (node: readonly ProtobufField[]): Attributes => {
  const all = new Map<string | null, readonly ProtobufField[]>()
  for (const bytes of bytesOf(node, NODE.attribute)) {
    const fields = readProtobuf(bytes)
    all.set(textOf(fields, ATTRIBUTE.name), fields)
  }
  const packed = (name: string, number: number): Uint8Array => {
    const bytes = bytesOf(all.get(name) ?? [], number)[0]
    if (bytes === undefined) throw corrupt(`The trees of the model have no ${name}.`)
    return bytes
  }
  return {
    integers: (name) => readPackedVarints(packed(name, ATTRIBUTE.integers)),
    floats: (name) => readPackedFloats(packed(name, ATTRIBUTE.floats)),
    modes: bytesOf(all.get('nodes_modes') ?? [], ATTRIBUTE.texts).map((bytes) => new TextDecoder().decode(bytes)),
  }
}

const requireEqualLengths = (lengths: readonly number[], what: string): void => {
  if (lengths.some((length) => length !== lengths[0]))
    throw corrupt(`${what} of the model are of different lengths: ${lengths.join(', ')}.`)
}

const requireInside = (values: ArrayLike<number>, limit: number, what: string): void => {
  for (let index = 0; index < values.length; index++)
    if (values[index]! >= limit) throw corrupt(`${what} ${values[index]} of the model is beyond ${limit - 1}.`)
}

const requireFinite = (values: Float32Array, what: string): void => {
  if (!values.every(Number.isFinite)) throw corrupt(`${what} of the model are not all finite.`)
}

const rootsOf = (treeIds: readonly number[]): Int32Array => {
  const roots: number[] = []
  for (let node = 0; node < treeIds.length; node++) {
    if (treeIds[node] === roots.length) roots.push(node)
    else if (treeIds[node] !== roots.length - 1) throw corrupt(`Tree ${treeIds[node]} of the model is out of order.`)
  }
  return Int32Array.from(roots)
}

/** Requires children to come after their parent in the same tree, so that no walk can run in circles. */
const linkChildren = (
  within: readonly number[],
  treeIds: readonly number[],
  roots: Int32Array,
  isLeaf: readonly boolean[],
): Int32Array =>
  Int32Array.from(within, (target, node) => {
    if (isLeaf[node]) return 0
    const tree = treeIds[node]!
    const child = roots[tree]! + target
    if (child <= node || child >= (roots[tree + 1] ?? within.length))
      throw corrupt(`Node ${node} of the model has child ${target}.`)
    return child
  })

const decodeTrees = (node: readonly ProtobufField[], columnCount: number, classCount: number): BoostedTrees => {
  const { integers, floats, modes } = attributesOf(node)
  const treeIds = integers('nodes_treeids')
  const features = integers('nodes_featureids')
  const thresholds = floats('nodes_values')
  const covers = floats('nodes_hitrates')
  const [trueIds, falseIds] = [integers('nodes_truenodeids'), integers('nodes_falsenodeids')]
  const nodeLists = [treeIds, features, thresholds, covers, trueIds, falseIds, modes]
  requireEqualLengths(
    nodeLists.map(({ length }) => length),
    'The nodes',
  )
  const isLeaf = modes.map((mode) => mode === 'LEAF')
  if (modes.some((mode) => mode !== 'LEAF' && mode !== 'BRANCH_LEQ'))
    throw corrupt('The trees of the model have nodes of unknown mode.')
  requireInside(features, columnCount, 'Column')
  for (const [values, what] of [
    [thresholds, 'Thresholds'],
    [covers, 'Covers'],
  ] as const)
    requireFinite(values, what)
  const roots = rootsOf(treeIds)

  const targets = {
    trees: integers('target_treeids'),
    nodes: integers('target_nodeids'),
    outputs: integers('target_ids'),
  }
  const weights = floats('target_weights')
  const leafCount = isLeaf.filter(Boolean).length
  requireEqualLengths([leafCount, weights.length, ...Object.values(targets).map(({ length }) => length)], 'The leaves')
  requireInside(targets.trees, roots.length, 'Tree')
  requireInside(targets.outputs, outputCount(classCount), 'Output')
  requireFinite(weights, 'Leaves')
  const values = new Float32Array(features.length)
  const treeOutputs = new Uint8Array(roots.length)
  for (let leaf = 0; leaf < weights.length; leaf++) {
    const at = roots[targets.trees[leaf]!]! + targets.nodes[leaf]!
    if (!isLeaf[at] || treeIds[at] !== targets.trees[leaf]) throw corrupt(`Leaf ${leaf} of the model is no leaf.`)
    values[at] = weights[leaf]!
    treeOutputs[targets.trees[leaf]!] = targets.outputs[leaf]!
  }
  const baseScores = floats('base_values')
  if (baseScores.length !== outputCount(classCount))
    throw corrupt(`The model has ${baseScores.length} base scores for ${classCount} classes.`)
  return {
    classCount,
    columnCount,
    baseScores,
    treeRoots: roots,
    treeOutputs,
    features: Int16Array.from(features, (feature, index) => (isLeaf[index] ? -1 : feature)),
    thresholds,
    lefts: linkChildren(trueIds, treeIds, roots, isLeaf),
    rights: linkChildren(falseIds, treeIds, roots, isLeaf),
    values,
    covers,
  }
}

const decodeJson = (metadata: ReadonlyMap<string, string>, key: string): unknown => {
  try {
    return JSON.parse(metadata.get(key) ?? '')
  } catch (error) {
    throw corrupt(`The model's ${key} cannot be read: ${(error as Error).message}.`)
  }
}

const decodeKinds = (value: unknown): SectionKind[] => {
  const kinds = SECTION_KINDS.filter((kind) => Array.isArray(value) && value.includes(kind))
  if (kinds.length < 2 || JSON.stringify(kinds) !== JSON.stringify(value))
    throw corrupt(`The model's kinds are ${JSON.stringify(value)}.`)
  return kinds
}

const decodeTable = (value: unknown, rowCount: number, what: string): number[][] => {
  const isTable =
    Array.isArray(value) &&
    value.length === rowCount &&
    value.every((row) => Array.isArray(row) && row.length > 0 && row.length === value[0].length) &&
    value.every((row) => row.every((cell: unknown) => Number.isFinite(cell)))
  if (!isTable) throw corrupt(`The model's ${what} are no table of ${rowCount} equal rows of numbers.`)
  return value as number[][]
}

/** Columns of an input: its second dimension. Fields 2 → 1 → 2 → 1 → 1 are type, tensor, shape, dimension, value. */
const inputColumns = (graph: readonly ProtobufField[], name: string): number => {
  const port = bytesOf(graph, GRAPH.input)
    .map(readProtobuf)
    .find((fields) => textOf(fields, 1) === name)
  const shape = [2, 1, 2].reduce<readonly ProtobufField[]>(
    (fields, number) => readProtobuf(bytesOf(fields, number)[0] ?? new Uint8Array()),
    port ?? [],
  )
  const dimension = readProtobuf(bytesOf(shape, 1)[1] ?? new Uint8Array())[0]
  if (dimension === undefined || !('varint' in dimension)) throw corrupt(`The model has no input ${name}.`)
  return dimension.varint
}

const decodeTemperature = (graph: readonly ProtobufField[], head: HeadName): number => {
  const tensor = bytesOf(graph, GRAPH.initializer)
    .map(readProtobuf)
    .find((fields) => textOf(fields, TENSOR.name) === `${head}_scale`)
  const scale = readPackedFloats(bytesOf(tensor ?? [], TENSOR.floats)[0] ?? new Uint8Array()).at(-1)
  if (scale === undefined || !(scale > 0)) throw corrupt(`The model has no temperature of its ${head} head.`)
  return 1 / scale
}

const decodeModel = (bytes: Uint8Array): SectionModel => {
  const file = readProtobuf(bytes)
  const metadata = new Map(
    bytesOf(file, MODEL.metadata).map((entry) => {
      const fields = readProtobuf(entry)
      return [textOf(fields, ENTRY.key) ?? '', textOf(fields, ENTRY.value) ?? '']
    }),
  )
  const producer = textOf(file, MODEL.producer)
  if (producer !== PRODUCER)
    throw foreign(`The file is an ONNX model made by "${producer ?? 'nobody'}", not by Algiers.`)
  const template = metadata.get(METADATA.template)
  if (template !== TEMPLATE_VERSION)
    throw foreign(`The model has layout ${template}; this version reads ${TEMPLATE_VERSION}.`)
  const graph = readProtobuf(bytesOf(file, MODEL.graph)[0] ?? new Uint8Array())
  const nodes = bytesOf(graph, GRAPH.node).map(readProtobuf)
  const kinds = decodeKinds(decodeJson(metadata, METADATA.kinds))
  const head = (name: HeadName, input: string, classCount: number): Head | null => {
    const node = nodes.find((fields) => textOf(fields, NODE.name) === `${name}_trees`)
    if (node === undefined) return null
    return {
      trees: decodeTrees(node, inputColumns(graph, input), classCount),
      temperature: decodeTemperature(graph, name),
    }
  }
  const spanHead = head('span', 'span_features', kinds.length)
  const beatHead = head('beat', 'beat_features', kinds.length)
  if (!spanHead || !beatHead) throw corrupt('The model lacks a head for spans or beats.')
  return {
    kinds,
    featureSpec: metadata.get(METADATA.featureSpec) ?? '',
    spanHead,
    beatHead,
    boundaryHead: head('boundary', 'beat_features', 2),
    durations: decodeTable(decodeJson(metadata, METADATA.durations), kinds.length, 'durations'),
    order: decodeTable(decodeJson(metadata, METADATA.order), kinds.length + 1, 'order'),
  }
}

/**
 * Reads back what `encodeOnnx` wrote, and nothing else: no graph is ever executed.
 * @throws UserError MODEL_CORRUPT for damaged bytes, INCOMPATIBLE_MODEL for an ONNX model that is not ours or of another layout
 */
export const decodeOnnx = (bytes: Uint8Array): SectionModel => {
  if (bytes.length > MAX_BYTES)
    throw foreign(`The file has ${bytes.length} bytes; Algiers models have at most ${MAX_BYTES}.`)
  try {
    return decodeModel(bytes)
  } catch (error) {
    if (error instanceof ProtobufError) throw corrupt(`The file is not an ONNX model: ${error.message}.`)
    throw error
  }
}
