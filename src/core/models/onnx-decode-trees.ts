import { UserError } from '../support/user-error.ts'
import { ATTRIBUTE, type HeadName, NODE } from './onnx-template.ts'
import { type ProtobufField, type ProtobufReader, readPackedFloats, readPackedVarints } from './protobuf.ts'
import { type BoostedTrees, depthsOf, outputCount } from './regression-trees.ts'

/** Rows of our heads have a few hundred columns. */
const MOST_COLUMNS = 4096
/** The shipped model has 6,234 nodes in a head, in 420 trees; a tree of ours has 8 leaves. */
const MOST_NODES = 200_000
const MOST_TREES = 20_000
const DEEPEST = 64
/** A leaf of ours adds less than 1 to a logit; so much more still sums up to a finite answer. */
const LARGEST_LEAF = 1000
/** Rows of a training, of which there may be a few million. */
const LARGEST_COVER = 1e9

export const corrupt = (detail: string): UserError => new UserError('MODEL_CORRUPT', detail)

export const bytesOf = (fields: readonly ProtobufField[], number: number): Uint8Array[] =>
  fields.flatMap((field) => (field.field === number && 'bytes' in field ? [field.bytes] : []))

export const textOf = (fields: readonly ProtobufField[], number: number): string | null => {
  const bytes = bytesOf(fields, number)[0]
  return bytes === undefined ? null : new TextDecoder().decode(bytes)
}

type Attributes = {
  readonly integers: (name: string) => number[]
  readonly floats: (name: string) => Float32Array
  readonly modes: string[]
}

const attributesOf = (node: readonly ProtobufField[], head: HeadName, read: ProtobufReader): Attributes => {
  const all = new Map<string | null, readonly ProtobufField[]>()
  for (const bytes of bytesOf(node, NODE.attribute)) {
    const fields = read(bytes)
    const name = textOf(fields, ATTRIBUTE.name)
    if (all.has(name)) throw corrupt(`The ${head} trees of the model have ${name?.slice(0, 100)} twice.`)
    all.set(name, fields)
  }
  const packed = (name: string, number: number): Uint8Array => {
    const bytes = bytesOf(all.get(name) ?? [], number)[0]
    if (bytes === undefined) throw corrupt(`The ${head} trees of the model have no ${name}.`)
    return bytes
  }
  return {
    integers: (name) => readPackedVarints(packed(name, ATTRIBUTE.integers)),
    floats: (name) => readPackedFloats(packed(name, ATTRIBUTE.floats)),
    modes: bytesOf(all.get('nodes_modes') ?? [], ATTRIBUTE.texts).map((bytes) => new TextDecoder().decode(bytes)),
  }
}

type Shape = {
  readonly head: HeadName
  readonly columnCount: number
  readonly classCount: number
  readonly read: ProtobufReader
}
type Range = { readonly from: number; readonly to: number }

const requireEqualLengths = (lengths: readonly number[], what: string): void => {
  if (lengths.some((length) => length !== lengths[0]))
    throw corrupt(`${what} of the model are of different lengths: ${lengths.join(', ')}.`)
}

/** NaN lies in no range. */
const requireWithin = (values: ArrayLike<number>, { from, to }: Range, what: string): void => {
  for (let index = 0; index < values.length; index++)
    if (!(values[index]! >= from && values[index]! <= to))
      throw corrupt(`${what} ${index} of the model is ${values[index]}, not within ${from} to ${to}.`)
}

const rootsOf = (treeIds: readonly number[]): Int32Array => {
  const roots: number[] = []
  for (let node = 0; node < treeIds.length; node++) {
    if (treeIds[node] === roots.length) roots.push(node)
    else if (treeIds[node] !== roots.length - 1) throw corrupt(`Tree ${treeIds[node]} of the model is out of order.`)
  }
  return Int32Array.from(roots)
}

type Nodes = { readonly treeIds: readonly number[]; readonly roots: Int32Array; readonly isLeaf: readonly boolean[] }

/** Children come after their parent in the same tree, so that no walk can run in circles. */
const linkChildren = (within: readonly number[], { treeIds, roots, isLeaf }: Nodes): Int32Array =>
  Int32Array.from(within, (target, node) => {
    if (isLeaf[node]) return 0
    const tree = treeIds[node]!
    const child = roots[tree]! + target
    if (!(child > node && child < (roots[tree + 1] ?? within.length)))
      throw corrupt(`Node ${node} of the model has child ${target}.`)
    return child
  })

/** Every node but a root has one parent: two that share a child would double the ways through a tree with each step. */
const requireTrees = (trees: BoostedTrees, head: HeadName): void => {
  const parents = new Uint8Array(trees.features.length)
  for (let node = 0; node < parents.length; node++) {
    if (trees.features[node]! < 0) continue
    for (const child of [trees.lefts[node]!, trees.rights[node]!])
      if (++parents[child]! > 1) throw corrupt(`Node ${child} of the ${head} trees has two parents.`)
  }
  for (const root of trees.treeRoots) parents[root]!++
  const orphan = parents.indexOf(0)
  if (orphan >= 0) throw corrupt(`Node ${orphan} of the ${head} trees has no parent.`)
  const deep = depthsOf(trees).findIndex((depth) => depth > DEEPEST)
  if (deep >= 0) throw corrupt(`Tree ${deep} of the ${head} trees is deeper than ${DEEPEST}.`)
}

type Leaves = Pick<BoostedTrees, 'values' | 'treeOutputs'>

const decodeLeaves = ({ integers, floats }: Attributes, { treeIds, roots, isLeaf }: Nodes, shape: Shape): Leaves => {
  const targets = {
    trees: integers('target_treeids'),
    nodes: integers('target_nodeids'),
    outputs: integers('target_ids'),
  }
  const weights = floats('target_weights')
  const leafCount = isLeaf.filter(Boolean).length
  requireEqualLengths([leafCount, weights.length, ...Object.values(targets).map(({ length }) => length)], 'The leaves')
  requireWithin(targets.trees, { from: 0, to: roots.length - 1 }, 'Tree of leaf')
  requireWithin(targets.outputs, { from: 0, to: outputCount(shape.classCount) - 1 }, 'Output of leaf')
  requireWithin(weights, { from: -LARGEST_LEAF, to: LARGEST_LEAF }, 'Leaf')
  const values = new Float32Array(treeIds.length)
  const treeOutputs = new Uint8Array(roots.length)
  const seen = new Uint8Array(treeIds.length)
  const isBegun = new Uint8Array(roots.length)
  for (let leaf = 0; leaf < weights.length; leaf++) {
    const tree = targets.trees[leaf]!
    const at = roots[tree]! + targets.nodes[leaf]!
    if (!isLeaf[at] || treeIds[at] !== tree || seen[at]) throw corrupt(`Leaf ${leaf} of the model is no leaf.`)
    if (isBegun[tree] && treeOutputs[tree] !== targets.outputs[leaf])
      throw corrupt(`Tree ${tree} of the model adds to two outputs.`)
    seen[at] = 1
    isBegun[tree] = 1
    values[at] = weights[leaf]!
    treeOutputs[tree] = targets.outputs[leaf]!
  }
  return { values, treeOutputs }
}

/** Reads the trees of a head from a stranger's bytes. @throws MODEL_CORRUPT, ProtobufError */
export const decodeTrees = (node: readonly ProtobufField[], shape: Shape): BoostedTrees => {
  const { head, columnCount, classCount, read } = shape
  if (!(columnCount >= 1 && columnCount <= MOST_COLUMNS))
    throw corrupt(`The ${head} trees of the model read rows of ${columnCount} columns.`)
  const attributes = attributesOf(node, head, read)
  const { integers, floats, modes } = attributes
  const treeIds = integers('nodes_treeids')
  if (treeIds.length > MOST_NODES || (treeIds.at(-1) ?? 0) >= MOST_TREES)
    throw corrupt(`The ${head} trees of the model have ${treeIds.length} nodes.`)
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
  requireWithin(features, { from: 0, to: columnCount - 1 }, 'Column of node')
  requireWithin(thresholds, { from: -Number.MAX_VALUE, to: Number.MAX_VALUE }, 'Threshold')
  requireWithin(covers, { from: Number.MIN_VALUE, to: LARGEST_COVER }, 'Cover')
  const baseScores = floats('base_values')
  if (baseScores.length !== outputCount(classCount))
    throw corrupt(`The model has ${baseScores.length} base scores for ${classCount} classes.`)
  requireWithin(baseScores, { from: -LARGEST_LEAF, to: LARGEST_LEAF }, 'Base score')
  const nodes: Nodes = { treeIds, roots: rootsOf(treeIds), isLeaf }
  const trees: BoostedTrees = {
    classCount,
    columnCount,
    baseScores,
    treeRoots: nodes.roots,
    features: Int16Array.from(features, (feature, index) => (isLeaf[index] ? -1 : feature)),
    thresholds,
    lefts: linkChildren(trueIds, nodes),
    rights: linkChildren(falseIds, nodes),
    covers,
    ...decodeLeaves(attributes, nodes, shape),
  }
  requireTrees(trees, head)
  return trees
}
