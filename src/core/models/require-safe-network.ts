/**
 * @file What an ONNX file from elsewhere may be, looked at before any runtime opens it. A runtime reads files that a model names, makes room
 * for what a shape promises, and follows functions and loops as far as they go: each has brought one down or hung it (decision 0051).
 */
import { UserError } from '../support/user-error.ts'
import { ATTRIBUTE, GRAPH, MODEL, NODE } from './onnx-template.ts'
import { ProtobufError, readPackedVarints, visitProtobuf } from './protobuf.ts'
import { corruptNetwork, foreignNetwork, MOST_SHAPE_BYTES, requireSoundTensor } from './require-sound-tensor.ts'

/** Networks for audio tags have some hundreds to some thousands. */
const MOST_NODES = 50_000
/** A chain of 3,000 ends the process of the runtime. */
const MOST_FUNCTIONS = 64
const MOST_DEPTH = 4
/** 256 MB of floats: more than any layer of such a network. */
const MOST_MADE_VALUES = 2 ** 26
/** How often these repeat something is known only once they run. */
const ENDLESS: readonly string[] = ['Loop', 'Scan']
/** What makes as many values as it is told, and which of its inputs tell it. */
const SIZE_INPUTS: Readonly<Record<string, readonly number[]>> = {
  ConstantOfShape: [0],
  Expand: [1],
  Tile: [1],
  OneHot: [1],
  Pad: [1],
  CenterCropPad: [1],
  Resize: [3],
  Range: [0, 1, 2],
  HannWindow: [0],
  HammingWindow: [0],
  BlackmanWindow: [0],
  MelWeightMatrix: [0, 1],
}
const MOST_SIZE_INPUTS = 4
/** What is told so by a list of numbers beside its inputs. */
const SIZED_BESIDE: readonly string[] = ['RandomNormal', 'RandomUniform']
const MOST_LISTED = 16

const madeBy = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * Math.max(1, size), 1)

type Walk = {
  nodes: number
  /** Values of the tensors that may be shapes, by name. */
  readonly shapes: Map<string, readonly number[]>
}

/** A part of a network may call another tensor by the same name: the larger one counts. */
const keepShape = ({ shapes }: Walk, name: string, integers: readonly number[]): void => {
  if (madeBy(integers) >= madeBy(shapes.get(name) ?? [])) shapes.set(name, integers)
}

const FUNCTION_NODE = 7

const bytesOf = (field: Parameters<Parameters<typeof visitProtobuf>[1]>[0]): Uint8Array => {
  if ('bytes' in field) return field.bytes
  throw new ProtobufError(`field ${field.field} is a number`)
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, 200))

const walkAttribute = (bytes: Uint8Array, walk: Walk, depth: number): void =>
  visitProtobuf(bytes, (one) => {
    if (one.field === ATTRIBUTE.tensor || one.field === ATTRIBUTE.tensors) requireSoundTensor(bytesOf(one))
    else if (one.field === ATTRIBUTE.graph || one.field === ATTRIBUTE.graphs) walkGraph(bytesOf(one), walk, depth + 1)
    else if (one.field === ATTRIBUTE.sparse || one.field === ATTRIBUTE.sparses)
      throw foreignNetwork('It has sparse tensors.')
  })

/** The tensor that a `Constant` gives, which may be a shape. */
const constantOf = (attribute: Uint8Array): readonly number[] => {
  let integers: readonly number[] = []
  visitProtobuf(attribute, (one) => {
    if (one.field === ATTRIBUTE.tensor) integers = requireSoundTensor(bytesOf(one)).integers
    else if (one.field === ATTRIBUTE.integers)
      integers =
        'bytes' in one
          ? readPackedVarints(one.bytes.subarray(0, MOST_SHAPE_BYTES))
          : [...integers, 'varint' in one ? one.varint : 0].slice(0, MOST_LISTED)
  })
  return integers
}

const walkNode = (bytes: Uint8Array, walk: Walk, depth: number): void => {
  if (++walk.nodes > MOST_NODES) throw foreignNetwork(`It has more than ${MOST_NODES} nodes.`)
  const inputs: string[] = []
  let [operator, output] = ['', '']
  const attributes: Uint8Array[] = []
  visitProtobuf(bytes, (one) => {
    if (one.field === NODE.input && inputs.length < MOST_SIZE_INPUTS) inputs.push(text(bytesOf(one)))
    else if (one.field === NODE.output) output ||= text(bytesOf(one))
    else if (one.field === NODE.operator) operator = text(bytesOf(one))
    else if (one.field === NODE.attribute) {
      attributes.push(bytesOf(one))
      walkAttribute(bytesOf(one), walk, depth)
    }
  })
  if (ENDLESS.includes(operator)) throw foreignNetwork(`It repeats a part of itself (${operator}), maybe for ever.`)
  const isBeside = SIZED_BESIDE.includes(operator)
  const beside = isBeside || operator === 'Constant' ? attributes.flatMap(constantOf) : []
  if (operator === 'Constant') keepShape(walk, output, beside)
  const told = (SIZE_INPUTS[operator] ?? []).flatMap((at) => walk.shapes.get(inputs[at] ?? '') ?? [])
  const made = madeBy(isBeside ? beside : told)
  if (made > MOST_MADE_VALUES) throw foreignNetwork(`It makes ${made} values at once (${operator}).`)
}

const walkGraph = (bytes: Uint8Array, walk: Walk, depth: number): void => {
  if (depth > MOST_DEPTH) throw foreignNetwork(`Its parts are nested more than ${MOST_DEPTH} deep.`)
  visitProtobuf(bytes, (one) => {
    if (one.field === GRAPH.sparse) throw foreignNetwork('It has sparse tensors.')
    if (one.field !== GRAPH.initializer) return
    const { name, integers } = requireSoundTensor(bytesOf(one))
    if (integers.length > 0) keepShape(walk, name, integers)
  })
  visitProtobuf(bytes, (one) => {
    if (one.field === GRAPH.node) walkNode(bytesOf(one), walk, depth)
  })
}

/** @throws UserError MODEL_CORRUPT, INCOMPATIBLE_MODEL; the message goes on after the name of the file */
export const requireSafeNetwork = (onnx: Uint8Array): void => {
  const walk: Walk = { nodes: 0, shapes: new Map() }
  let [functions, graphs] = [0, 0]
  try {
    visitProtobuf(onnx, (one) => {
      if (one.field === MODEL.functions) {
        if (++functions > MOST_FUNCTIONS)
          throw foreignNetwork(`It has more than ${MOST_FUNCTIONS} functions of its own.`)
        visitProtobuf(bytesOf(one), (part) => {
          if (part.field === FUNCTION_NODE) walkNode(bytesOf(part), walk, 0)
        })
      }
      if (one.field !== MODEL.graph) return
      graphs++
      walkGraph(bytesOf(one), walk, 0)
    })
  } catch (error) {
    if (error instanceof UserError) throw error
    if (error instanceof ProtobufError) throw corruptNetwork(`It is no ONNX: ${error.message}.`)
    throw error
  }
  if (graphs !== 1) throw corruptNetwork(`It is no ONNX: it has ${graphs} graphs.`)
}
