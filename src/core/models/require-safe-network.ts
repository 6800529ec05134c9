/**
 * @file What an ONNX file from elsewhere may be, looked at before any runtime opens it. A runtime reads files that a model names, makes room
 * for what a shape promises, and follows functions and loops as far as they go: each has brought one down or hung it (decision 0051).
 */
import { UserError } from '../support/user-error.ts'
import { countMadeValues } from './count-made-values.ts'
import { ATTRIBUTE, GRAPH, MODEL, NODE } from './onnx-template.ts'
import { ProtobufError, visitProtobuf } from './protobuf.ts'
import { corruptNetwork, foreignNetwork, requireSoundTensor } from './require-sound-tensor.ts'
import { joinNumbers, readNumbers } from './size-numbers.ts'

/** Networks for audio tags have some hundreds to some thousands. */
const MOST_NODES = 50_000
/** A chain of 3,000 ends the process of the runtime. */
const MOST_FUNCTIONS = 64
const MOST_DEPTH = 4
/** 256 MB of floats: more than any layer of such a network. */
const MOST_MADE_VALUES = 2 ** 26
/** How often these repeat something is known only once they run. */
const ENDLESS: readonly string[] = ['Loop', 'Scan']
const MOST_SIZE_INPUTS = 4
/** Where a `Constant` has its numbers. */
const CONSTANT_FIELDS: readonly number[] = [
  ATTRIBUTE.tensor,
  ATTRIBUTE.integer,
  ATTRIBUTE.integers,
  ATTRIBUTE.float,
  ATTRIBUTE.floats,
]

/** In which order numbers count as larger: last comes what is none. */
const magnitude = (numbers: readonly number[]): number =>
  numbers.some(Number.isNaN)
    ? Number.POSITIVE_INFINITY
    : numbers.reduce((product, size) => product * Math.max(1, Math.abs(size)), 1)

type Walk = {
  nodes: number
  /** Numbers of the tensors that may tell a size, by name. */
  readonly sizes: Map<string, readonly number[]>
}

/** A part of a network may call another tensor by the same name: the larger one counts. An input without a name is none. */
const keepSize = ({ sizes }: Walk, name: string, numbers: readonly number[]): void => {
  if (name !== '' && magnitude(numbers) >= magnitude(sizes.get(name) ?? [])) sizes.set(name, numbers)
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

/** The numbers in these fields of the attributes, which may tell a size: what is written in pieces is put together. */
const numbersIn = (attributes: readonly Uint8Array[], fields: readonly number[]): readonly number[] => {
  let numbers: readonly number[] = []
  for (const attribute of attributes)
    visitProtobuf(attribute, (one) => {
      if (!fields.includes(one.field)) return
      const more =
        one.field === ATTRIBUTE.tensor
          ? requireSoundTensor(bytesOf(one)).numbers
          : readNumbers(one, one.field === ATTRIBUTE.floats ? 'float' : undefined)
      numbers = joinNumbers(numbers, more)
    })
  return numbers
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
  if (operator === 'Constant') keepSize(walk, output, numbersIn(attributes, CONSTANT_FIELDS))
  const made = countMadeValues(
    operator,
    (input) => walk.sizes.get(inputs[input] ?? '') ?? [],
    (fields) => numbersIn(attributes, fields),
  )
  // What is no number is no size either.
  if (!(made <= MOST_MADE_VALUES))
    throw foreignNetwork(`It makes ${Number.isFinite(made) ? made : 'countless'} values at once (${operator}).`)
}

const walkGraph = (bytes: Uint8Array, walk: Walk, depth: number): void => {
  if (depth > MOST_DEPTH) throw foreignNetwork(`Its parts are nested more than ${MOST_DEPTH} deep.`)
  visitProtobuf(bytes, (one) => {
    if (one.field === GRAPH.sparse) throw foreignNetwork('It has sparse tensors.')
    if (one.field !== GRAPH.initializer) return
    const { name, numbers } = requireSoundTensor(bytesOf(one))
    if (numbers.length > 0) keepSize(walk, name, numbers)
  })
  visitProtobuf(bytes, (one) => {
    if (one.field === GRAPH.node) walkNode(bytesOf(one), walk, depth)
  })
}

/** @throws UserError MODEL_CORRUPT, INCOMPATIBLE_MODEL; the message goes on after the name of the file */
export const requireSafeNetwork = (onnx: Uint8Array): void => {
  const walk: Walk = { nodes: 0, sizes: new Map() }
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
