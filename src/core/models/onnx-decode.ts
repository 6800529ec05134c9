import { z } from 'zod'
import { SECTION_KINDS, type SectionKind } from '../labels/section-kind.ts'
import { MISLEADING_CHARACTERS } from '../support/misleading-characters.ts'
import { parseStrictJson } from '../support/strict-json.ts'
import { UserError } from '../support/user-error.ts'
import { bytesOf, corrupt, decodeTrees, textOf } from './onnx-decode-trees.ts'
import {
  ENTRY,
  GRAPH,
  type HeadName,
  inputName,
  METADATA,
  MODEL,
  NODE,
  ownHeadName,
  PRODUCER,
  TEMPLATE_VERSION,
  TENSOR,
  VALUE_INFO,
} from './onnx-template.ts'
import {
  createProtobufReader,
  ProtobufError,
  type ProtobufField,
  type ProtobufReader,
  readPackedFloats,
} from './protobuf.ts'
import type { Head, OwnHead, SectionModel } from './section-model.ts'
import { STYLES } from './style-priors.ts'

/** Larger than any model we write, so a bigger file is not ours. */
const MAX_BYTES = 8 * 1024 * 1024
/** Fitting gives 0.25 to 8; what lies far beyond would make every answer certain, or none. */
const LOWEST_TEMPERATURE = 0.01
const HIGHEST_TEMPERATURE = 100
/** Of a name or digest. */
const LONGEST_NAME = 200
/** As many nodes as fit into a file name their modes one by one; all else of a model are some hundred fields. */
const MOST_FIELDS = 500_000
/** A hundred own kinds of each kind take 200 kB, the tables 10. */
const LONGEST_JSON = 500_000

const foreign = (detail: string): UserError => new UserError('INCOMPATIBLE_MODEL', detail)

const decodeJson = (metadata: ReadonlyMap<string, string>, key: string): unknown => {
  const text = metadata.get(key) ?? ''
  try {
    if (text.length > LONGEST_JSON) throw new Error(`it has ${text.length} letters`)
    return parseStrictJson(text)
  } catch (error) {
    throw corrupt(`The model's ${key} cannot be read: ${(error as Error).message.slice(0, LONGEST_NAME)}.`)
  }
}

const decodeKinds = (value: unknown): SectionKind[] => {
  const said: readonly unknown[] = Array.isArray(value) ? value : []
  const kinds = SECTION_KINDS.filter((kind) => said.includes(kind))
  if (kinds.length < 2 || kinds.length !== said.length || kinds.some((kind, at) => kind !== said[at]))
    throw corrupt(`The model's kinds are not at least two of ${SECTION_KINDS.join(', ')}, in that order.`)
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

type NamedPart = { readonly part: number; readonly nameField: number; readonly name: string }
type Graph = { readonly fields: readonly ProtobufField[]; readonly read: ProtobufReader }

/** Of two with one name nobody knows which counts. */
const partNamed = ({ fields, read }: Graph, { part, nameField, name }: NamedPart): readonly ProtobufField[] | null => {
  const [found, second] = bytesOf(fields, part)
    .map(read)
    .filter((one) => textOf(one, nameField) === name)
  if (second !== undefined) throw corrupt(`The model has two parts called ${name}.`)
  return found ?? null
}

/** Columns of an input: its second dimension. Fields 2 → 1 → 2 → 1 → 1 are type, tensor, shape, dimension, value. */
const inputColumns = (graph: Graph, name: string): number => {
  const port = partNamed(graph, { part: GRAPH.input, nameField: VALUE_INFO.name, name })
  const shape = [2, 1, 2].reduce<readonly ProtobufField[]>(
    (fields, number) => graph.read(bytesOf(fields, number)[0] ?? new Uint8Array()),
    port ?? [],
  )
  const dimension = graph.read(bytesOf(shape, 1)[1] ?? new Uint8Array())[0]
  if (dimension === undefined || !('varint' in dimension)) throw corrupt(`The model has no input ${name}.`)
  return dimension.varint
}

const decodeTemperature = (graph: Graph, head: HeadName): number => {
  const tensor = partNamed(graph, { part: GRAPH.initializer, nameField: TENSOR.name, name: `${head}_scale` })
  const scale = readPackedFloats(bytesOf(tensor ?? [], TENSOR.floats)[0] ?? new Uint8Array()).at(-1)
  if (scale === undefined) throw corrupt(`The model has no temperature of its ${head} head.`)
  if (!(1 / scale >= LOWEST_TEMPERATURE && 1 / scale <= HIGHEST_TEMPERATURE))
    throw corrupt(`The temperature of the model's ${head} head is ${1 / scale}.`)
  return 1 / scale
}

const MOST_OWN_CLASSES = 100
const ownClass = z
  .strictObject({
    id: z.number().int().min(1).max(1e9),
    name: z
      .string()
      .min(1)
      .max(LONGEST_NAME)
      .refine((name) => name.search(MISLEADING_CHARACTERS) < 0),
  })
  .nullable()
const ownHeads = z
  .array(z.strictObject({ kind: z.enum(SECTION_KINDS), classes: z.array(ownClass).min(1).max(MOST_OWN_CLASSES) }))
  .max(SECTION_KINDS.length)

/** The person's own kinds, as far as the model knows any. @param head of a name, with that many classes */
const decodeOwnHeads = (
  metadata: ReadonlyMap<string, string>,
  kinds: readonly SectionKind[],
  head: (name: HeadName, classCount: number) => Head | null,
): readonly OwnHead[] => {
  if (!metadata.has(METADATA.ownKinds)) return []
  const parsed = ownHeads.safeParse(decodeJson(metadata, METADATA.ownKinds))
  const said = parsed.data?.map(({ kind }) => kind) ?? []
  if (!parsed.success || new Set(said).size < said.length || said.some((kind) => !kinds.includes(kind)))
    throw corrupt("The model's own kinds cannot be read.")
  return parsed.data.map(({ kind, classes }) => {
    const own = classes.length === 1 ? null : head(ownHeadName(kind), classes.length)
    if (classes.length > 1 && own === null) throw corrupt(`The model lacks its head for own kinds of ${kind}.`)
    return { kind, classes, head: own }
  })
}

const requireShort = (featureSpec: string): string => {
  if (featureSpec.length > LONGEST_NAME)
    throw corrupt(`The feature spec of the model has ${featureSpec.length} letters.`)
  return featureSpec
}

const decodeModel = (bytes: Uint8Array): SectionModel => {
  const read = createProtobufReader(MOST_FIELDS)
  const file = read(bytes)
  const metadata = new Map<string, string>()
  for (const entry of bytesOf(file, MODEL.metadata)) {
    const fields = read(entry)
    const key = textOf(fields, ENTRY.key) ?? ''
    if (metadata.has(key)) throw corrupt(`The model has ${key.slice(0, LONGEST_NAME)} twice.`)
    metadata.set(key, textOf(fields, ENTRY.value) ?? '')
  }
  const producer = textOf(file, MODEL.producer)
  if (producer !== PRODUCER)
    throw foreign(
      `The file is an ONNX model made by "${producer?.slice(0, LONGEST_NAME) ?? 'nobody'}", not by Algiers.`,
    )
  const template = metadata.get(METADATA.template)
  if (template !== TEMPLATE_VERSION)
    throw foreign(`The model has layout ${template?.slice(0, LONGEST_NAME)}; this version reads ${TEMPLATE_VERSION}.`)
  const [graphBytes, ...others] = bytesOf(file, MODEL.graph)
  if (graphBytes === undefined || others.length > 0) throw corrupt('The model has not one graph.')
  const graph: Graph = { fields: read(graphBytes), read }
  const nodes = bytesOf(graph.fields, GRAPH.node).map(read)
  const kinds = decodeKinds(decodeJson(metadata, METADATA.kinds))
  const head = (name: HeadName, input: string, classCount: number): Head | null => {
    const [node, second] = nodes.filter((fields) => textOf(fields, NODE.name) === `${name}_trees`)
    if (node === undefined) return null
    if (second !== undefined) throw corrupt(`The model has two ${name} heads.`)
    return {
      trees: decodeTrees(node, { head: name, columnCount: inputColumns(graph, input), classCount, read }),
      temperature: decodeTemperature(graph, name),
    }
  }
  const table = (name: 'durations' | 'order' | 'kindShares', rows: number): number[][] =>
    decodeTable(decodeJson(metadata, METADATA[name]), STYLES.length * rows, name)
  const spanHead = head('span', 'span_features', kinds.length)
  const beatHead = head('beat', 'beat_features', kinds.length)
  if (!spanHead || !beatHead) throw corrupt('The model lacks a head for spans or beats.')
  const own = decodeOwnHeads(metadata, kinds, (name, classCount) => head(name, inputName(name), classCount))
  return {
    ...(own.length === 0 ? {} : { ownHeads: own }),
    kinds,
    featureSpec: requireShort(metadata.get(METADATA.featureSpec) ?? ''),
    spanHead,
    beatHead,
    boundaryHead: head('boundary', 'beat_features', 2),
    durations: table('durations', kinds.length),
    order: table('order', kinds.length + 1),
    kindShares: table('kindShares', 1),
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
