import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ATTRIBUTE,
  ATTRIBUTE_TYPE,
  DIMENSION,
  FLOAT,
  GRAPH,
  IR_VERSION,
  MODEL,
  NODE,
  OPERATOR_SET,
  SHAPE_DIMENSION,
  TENSOR_TYPE,
  TYPE_TENSOR,
  VALUE_INFO,
} from '../../core/models/onnx-template.ts'
import { createProtobufWriter, type ProtobufWriter } from '../../core/models/protobuf.ts'

/** If all bands are equally loud, every tag is at 1 / (1 + e^(1 / √96)), .4745; tags over the threshold belong to louder bands. */
export const TINY = { frames: 128, bands: 96, hop: 43, threshold: 0.475 } as const

const value = (graph: ProtobufWriter, field: number, name: string, dimensions: readonly (string | number)[]): void =>
  graph.message(field, (info) => {
    info.text(VALUE_INFO.name, name)
    info.message(VALUE_INFO.type, (type) =>
      type.message(TYPE_TENSOR, (tensor) => {
        tensor.varint(TENSOR_TYPE.element, FLOAT)
        tensor.message(TENSOR_TYPE.shape, (shape) => {
          for (const dimension of dimensions)
            shape.message(SHAPE_DIMENSION, (one) =>
              typeof dimension === 'number'
                ? one.varint(DIMENSION.value, dimension)
                : one.text(DIMENSION.name, dimension),
            )
        })
      }),
    )
  })

const node = (
  graph: ProtobufWriter,
  [operator, input, output]: readonly [string, string, string],
  attributes: Readonly<Record<string, readonly number[] | number>> = {},
): void =>
  graph.message(GRAPH.node, (one) => {
    one.text(NODE.input, input)
    one.text(NODE.output, output)
    one.text(NODE.operator, operator)
    for (const [name, given] of Object.entries(attributes))
      one.message(NODE.attribute, (attribute) => {
        attribute.text(ATTRIBUTE.name, name)
        if (typeof given === 'number') attribute.varint(ATTRIBUTE.integer, given)
        else attribute.packedVarints(ATTRIBUTE.integers, given)
        attribute.varint(ATTRIBUTE.type, typeof given === 'number' ? ATTRIBUTE_TYPE.integer : ATTRIBUTE_TYPE.integers)
      })
  })

/**
 * The embedding is the mean of each band over the frames, scaled to length 1; the tags are its logistic. Both can be
 * worked out by hand.
 */
const encodeTinyEars = (): Uint8Array => {
  const model = createProtobufWriter()
  model.varint(MODEL.irVersion, IR_VERSION)
  model.message(MODEL.graph, (graph) => {
    node(graph, ['ReduceMean', 'mel', 'mean'], { axes: [1], keepdims: 0 })
    node(graph, ['LpNormalization', 'mean', 'embedding'], { axis: 1, p: 2 })
    node(graph, ['Sigmoid', 'embedding', 'tags'])
    graph.text(GRAPH.name, 'tiny')
    value(graph, GRAPH.input, 'mel', ['batch', TINY.frames, TINY.bands])
    value(graph, GRAPH.output, 'embedding', ['batch', TINY.bands])
    value(graph, GRAPH.output, 'tags', ['batch', TINY.bands])
  })
  model.message(MODEL.opset, (opset) => opset.varint(OPERATOR_SET.version, 15))
  return model.finish()
}

/**
 * Writes a pack with this network and with the test's changes to its card.
 * @param precision how precise its tags are; left out, nobody knows
 */
export const writeTinyEars = (folder: string, change: object = {}, precision?: readonly object[]): void => {
  const onnx = encodeTinyEars()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'ears.onnx'), onnx)
  const card = {
    kind: 'algiers-ears',
    name: 'tiny',
    version: 1,
    onnx: { file: 'ears.onnx', sha256: createHash('sha256').update(onnx).digest('hex') },
    mel: {
      sample_rate: 22050,
      frame_size: 2048,
      hop_samples: 512,
      bands: TINY.bands,
      min_hz: 30,
      max_hz: 10500,
      log: '10*log10(x + 1e-10)',
      floor_db: -100,
      window_frames: TINY.frames,
      hop_frames: TINY.hop,
    },
    outputs: { embedding: TINY.bands, tags: TINY.bands },
    tags: Array.from({ length: TINY.bands }, (_, band) => ({
      name: `band ${band}`,
      group: 'signal',
      experimental: band % 2 === 1,
      threshold: band % 2 === 1 ? null : TINY.threshold,
    })),
    ...change,
  }
  writeFileSync(join(folder, 'ears.json'), JSON.stringify(card))
  rmSync(join(folder, 'tag-precision.json'), { force: true })
  if (precision)
    writeFileSync(
      join(folder, 'tag-precision.json'),
      JSON.stringify({ kind: 'algiers-tag-precision', onnx_sha256: card.onnx.sha256, tags: precision }),
    )
}
