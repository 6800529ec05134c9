import {
  ATTRIBUTE,
  ATTRIBUTE_TYPE,
  DIMENSION,
  ENTRY,
  FLOAT,
  GRAPH,
  type HeadName,
  IR_VERSION,
  inputName,
  METADATA,
  MODEL,
  NODE,
  OPERATOR_SET,
  OPSETS,
  outputName,
  ownHeadName,
  PRODUCER,
  SHAPE_DIMENSION,
  TEMPLATE_VERSION,
  TENSOR,
  TENSOR_TYPE,
  TYPE_TENSOR,
  VALUE_INFO,
} from './onnx-template.ts'
import { createProtobufWriter, type ProtobufWriter } from './protobuf.ts'
import { type BoostedTrees, outputCount } from './regression-trees.ts'
import type { Head, SectionModel } from './section-model.ts'

const writeIntegers = (node: ProtobufWriter, name: string, values: ArrayLike<number>): void =>
  node.message(NODE.attribute, (attribute) => {
    attribute.text(ATTRIBUTE.name, name)
    attribute.packedVarints(ATTRIBUTE.integers, values)
    attribute.varint(ATTRIBUTE.type, ATTRIBUTE_TYPE.integers)
  })

const writeFloats = (node: ProtobufWriter, name: string, values: ArrayLike<number>): void =>
  node.message(NODE.attribute, (attribute) => {
    attribute.text(ATTRIBUTE.name, name)
    attribute.packedFloats(ATTRIBUTE.floats, values)
    attribute.varint(ATTRIBUTE.type, ATTRIBUTE_TYPE.floats)
  })

const writeText = (node: ProtobufWriter, name: string, value: string): void =>
  node.message(NODE.attribute, (attribute) => {
    attribute.text(ATTRIBUTE.name, name)
    attribute.text(ATTRIBUTE.text, value)
    attribute.varint(ATTRIBUTE.type, ATTRIBUTE_TYPE.text)
  })

const writeTexts = (node: ProtobufWriter, name: string, values: readonly string[]): void =>
  node.message(NODE.attribute, (attribute) => {
    attribute.text(ATTRIBUTE.name, name)
    for (const value of values) attribute.text(ATTRIBUTE.texts, value)
    attribute.varint(ATTRIBUTE.type, ATTRIBUTE_TYPE.texts)
  })

const writeInteger = (node: ProtobufWriter, name: string, value: number): void =>
  node.message(NODE.attribute, (attribute) => {
    attribute.text(ATTRIBUTE.name, name)
    attribute.varint(ATTRIBUTE.integer, value)
    attribute.varint(ATTRIBUTE.type, ATTRIBUTE_TYPE.integer)
  })

/** The tree of each node; nodes of a tree are contiguous. */
const treeOfNodes = ({ treeRoots, features }: BoostedTrees): Int32Array => {
  const trees = new Int32Array(features.length)
  for (let tree = 0; tree < treeRoots.length; tree++)
    trees.fill(tree, treeRoots[tree]!, treeRoots[tree + 1] ?? features.length)
  return trees
}

/** Attributes of ai.onnx.ml TreeEnsembleRegressor (github.com/onnx/onnx, docs/Operators-ml.md, version 3). */
const writeTrees = (node: ProtobufWriter, trees: BoostedTrees): void => {
  const { treeRoots, treeOutputs, features, thresholds, lefts, rights, values, covers, baseScores } = trees
  const treeIds = treeOfNodes(trees)
  const within = Int32Array.from(treeIds, (tree, index) => index - treeRoots[tree]!)
  const child = (children: Int32Array): Int32Array =>
    children.map((target, index) => (features[index]! < 0 ? 0 : target - treeRoots[treeIds[index]!]!))
  const leaves = Int32Array.from(features.keys()).filter((index) => features[index]! < 0)
  writeText(node, 'aggregate_function', 'SUM')
  writeText(node, 'post_transform', 'NONE')
  writeInteger(node, 'n_targets', baseScores.length)
  writeFloats(node, 'base_values', baseScores)
  writeIntegers(node, 'nodes_treeids', treeIds)
  writeIntegers(node, 'nodes_nodeids', within)
  writeTexts(
    node,
    'nodes_modes',
    Array.from(features, (feature) => (feature < 0 ? 'LEAF' : 'BRANCH_LEQ')),
  )
  writeIntegers(
    node,
    'nodes_featureids',
    features.map((feature) => Math.max(0, feature)),
  )
  writeFloats(node, 'nodes_values', thresholds)
  writeFloats(node, 'nodes_hitrates', covers)
  writeIntegers(node, 'nodes_truenodeids', child(lefts))
  writeIntegers(node, 'nodes_falsenodeids', child(rights))
  writeIntegers(
    node,
    'target_treeids',
    leaves.map((leaf) => treeIds[leaf]!),
  )
  writeIntegers(
    node,
    'target_nodeids',
    leaves.map((leaf) => within[leaf]!),
  )
  writeIntegers(
    node,
    'target_ids',
    leaves.map((leaf) => treeOutputs[treeIds[leaf]!]!),
  )
  writeFloats(
    node,
    'target_weights',
    Float32Array.from(leaves, (leaf) => values[leaf]!),
  )
}

/** Trees → times a scale → softmax. The scale's shape turns the one output of two classes into the pair (0, logit ÷ temperature). */
const writeHead = (graph: ProtobufWriter, name: HeadName, { trees }: Head): void => {
  graph.message(GRAPH.node, (node) => {
    node.text(NODE.input, inputName(name))
    node.text(NODE.output, `${name}_logits`)
    node.text(NODE.name, `${name}_trees`)
    node.text(NODE.operator, 'TreeEnsembleRegressor')
    writeTrees(node, trees)
    node.text(NODE.domain, 'ai.onnx.ml')
  })
  graph.message(GRAPH.node, (node) => {
    node.text(NODE.input, `${name}_logits`)
    node.text(NODE.input, `${name}_scale`)
    node.text(NODE.output, `${name}_scaled`)
    node.text(NODE.name, `${name}_temperature`)
    node.text(NODE.operator, 'Mul')
  })
  graph.message(GRAPH.node, (node) => {
    node.text(NODE.input, `${name}_scaled`)
    node.text(NODE.output, outputName(name))
    node.text(NODE.name, `${name}_softmax`)
    node.text(NODE.operator, 'Softmax')
    writeInteger(node, 'axis', 1)
  })
}

const writeScale = (graph: ProtobufWriter, name: HeadName, { trees, temperature }: Head): void =>
  graph.message(GRAPH.initializer, (tensor) => {
    const scale = outputCount(trees.classCount) === 1 ? [0, 1 / temperature] : [1 / temperature]
    tensor.packedVarints(TENSOR.dimensions, [1, scale.length])
    tensor.varint(TENSOR.type, FLOAT)
    tensor.packedFloats(TENSOR.floats, scale)
    tensor.text(TENSOR.name, `${name}_scale`)
  })

type Port = { readonly name: string; readonly rows: string; readonly columns: number }

const writePort = (graph: ProtobufWriter, field: number, { name, rows, columns }: Port): void =>
  graph.message(field, (port) => {
    port.text(VALUE_INFO.name, name)
    port.message(VALUE_INFO.type, (type) =>
      type.message(TYPE_TENSOR, (tensor) => {
        tensor.varint(TENSOR_TYPE.element, FLOAT)
        tensor.message(TENSOR_TYPE.shape, (shape) => {
          shape.message(SHAPE_DIMENSION, (dimension) => dimension.text(DIMENSION.name, rows))
          shape.message(SHAPE_DIMENSION, (dimension) => dimension.varint(DIMENSION.value, columns))
        })
      }),
    )
  })

/** Six digits of a probability are plenty and keep the file small. */
const rounded = (rows: readonly (readonly number[])[]): number[][] =>
  rows.map((row) => row.map((value) => Number(value.toPrecision(6))))

const metadataOf = (model: SectionModel): readonly (readonly [string, string])[] => [
  [METADATA.template, TEMPLATE_VERSION],
  [METADATA.kinds, JSON.stringify(model.kinds)],
  [METADATA.featureSpec, model.featureSpec],
  [METADATA.durations, JSON.stringify(rounded(model.durations))],
  [METADATA.order, JSON.stringify(rounded(model.order))],
  [METADATA.kindShares, JSON.stringify(rounded(model.kindShares))],
  ...(model.ownHeads?.length
    ? [[METADATA.ownKinds, JSON.stringify(model.ownHeads.map(({ kind, classes }) => ({ kind, classes })))] as const]
    : []),
]

/** Writes an ONNX file that any runtime with ai.onnx.ml can run: rows in, probabilities out, kinds and priors in its metadata. */
export const encodeOnnx = (model: SectionModel): Uint8Array => {
  const heads: readonly (readonly [HeadName, Head])[] = [
    ['span', model.spanHead],
    ['beat', model.beatHead],
    ...(model.boundaryHead ? [['boundary', model.boundaryHead] as const] : []),
    ...(model.ownHeads ?? []).flatMap(({ kind, head }) => (head === null ? [] : [[ownHeadName(kind), head] as const])),
  ]
  const file = createProtobufWriter()
  file.varint(MODEL.irVersion, IR_VERSION)
  file.text(MODEL.producer, PRODUCER)
  file.message(MODEL.graph, (graph) => {
    for (const [name, head] of heads) writeHead(graph, name, head)
    graph.text(GRAPH.name, 'dj_section')
    for (const [name, head] of heads) writeScale(graph, name, head)
    const spanColumns = model.spanHead.trees.columnCount
    writePort(graph, GRAPH.input, { name: inputName('span'), rows: 'spans', columns: spanColumns })
    const beatColumns = model.beatHead.trees.columnCount
    writePort(graph, GRAPH.input, { name: inputName('beat'), rows: 'beats', columns: beatColumns })
    for (const [name, { trees }] of heads)
      writePort(graph, GRAPH.output, {
        name: outputName(name),
        rows: inputName(name) === inputName('span') ? 'spans' : 'beats',
        columns: trees.classCount,
      })
  })
  for (const { domain, version } of OPSETS)
    file.message(MODEL.opset, (opset) => {
      opset.text(OPERATOR_SET.domain, domain)
      opset.varint(OPERATOR_SET.version, version)
    })
  for (const [key, value] of metadataOf(model))
    file.message(MODEL.metadata, (entry) => {
      entry.text(ENTRY.key, key)
      entry.text(ENTRY.value, value)
    })
  return file.finish()
}
