/** Bundles in which a trick is played that no single changed field makes: parts in parts, files named from within, swarms, lies about lengths. */
import { ATTRIBUTE, ENTRY, GRAPH, METADATA, MODEL, NODE, TENSOR } from '../../core/models/onnx-template.ts'
import { createProtobufReader, createProtobufWriter, type ProtobufField } from '../../core/models/protobuf.ts'
import type { Random } from '../../core/support/random.ts'

type Fields = readonly ProtobufField[]

export const readProtobuf = createProtobufReader(Number.POSITIVE_INFINITY)

const pick = <Item>(items: readonly Item[], random: Random): Item => items[Math.floor(random() * items.length)]!

export const writeFields = (fields: Fields): Uint8Array => {
  const writer = createProtobufWriter()
  for (const one of fields) {
    if ('bytes' in one) writer.bytes(one.field, one.bytes)
    else if ('float' in one) writer.float(one.field, one.float)
    else writer.varint(one.field, one.varint)
  }
  return writer.finish()
}
const textField = (field: number, text: string): ProtobufField => ({ field, bytes: new TextEncoder().encode(text) })
const messageField = (field: number, fields: Fields): ProtobufField => ({ field, bytes: writeFields(fields) })

const hasAttributes = (node: Uint8Array): boolean => readProtobuf(node).some(({ field }) => field === NODE.attribute)

/** The message with one of its parts, any of those with that number that will do, replaced. */
const within = (
  bytes: Uint8Array,
  field: number,
  change: (part: Uint8Array) => Uint8Array,
  random: Random,
  willDo: (part: Uint8Array) => boolean = () => true,
): Uint8Array => {
  const fields = readProtobuf(bytes)
  const parts = fields.filter((one) => one.field === field && 'bytes' in one && willDo(one.bytes))
  const changed = pick(parts, random)
  return writeFields(
    fields.map((one) => (one === changed && 'bytes' in one ? { field, bytes: change(one.bytes) } : one)),
  )
}
const appended = (bytes: Uint8Array, ...more: Fields): Uint8Array =>
  new Uint8Array(Buffer.concat([bytes, writeFields(more)]))
const prepended = (bytes: Uint8Array, ...more: Fields): Uint8Array =>
  new Uint8Array(Buffer.concat([writeFields(more), bytes]))

type Trick = (model: Uint8Array, random: Random) => Uint8Array
const inGraph =
  (change: (graph: Uint8Array, random: Random) => Uint8Array): Trick =>
  (model, random) =>
    within(model, MODEL.graph, (graph) => change(graph, random), random)
const inNode = (change: (node: Uint8Array, random: Random) => Uint8Array): Trick =>
  inGraph((graph, random) => within(graph, GRAPH.node, (node) => change(node, random), random, hasAttributes))
const inAttribute = (change: (attribute: Uint8Array, random: Random) => Uint8Array): Trick =>
  inNode((node, random) => within(node, NODE.attribute, (attribute) => change(attribute, random), random))

/** A graph in an attribute of a node in a graph, and so on. */
const nestedAttribute = (depth: number): ProtobufField => {
  let graph: Uint8Array = new Uint8Array()
  for (let level = 0; level < depth; level++) {
    const attribute = messageField(NODE.attribute, [
      textField(ATTRIBUTE.name, 'then'),
      { field: ATTRIBUTE.graph, bytes: graph },
    ])
    graph = writeFields([messageField(GRAPH.node, [textField(NODE.operator, 'If'), attribute])])
  }
  return messageField(NODE.attribute, [textField(ATTRIBUTE.name, 'then'), { field: ATTRIBUTE.graph, bytes: graph }])
}

const EXTERNAL = 1
/** A tensor whose numbers are said to lie in another file, or which promises more of them than there are. */
const strangeTensor = (name: string, random: Random): ProtobufField =>
  messageField(GRAPH.initializer, [
    ...[2 ** 40, 2 ** 52].map((varint) => ({ field: TENSOR.dimensions, varint })),
    { field: TENSOR.type, varint: 1 },
    textField(TENSOR.name, name),
    messageField(TENSOR.external, [
      textField(ENTRY.key, 'location'),
      textField(ENTRY.value, pick(['../../algiers.db', '/etc/passwd', '/dev/zero', 'x'.repeat(5000)], random)),
    ]),
    { field: TENSOR.location, varint: EXTERNAL },
  ])

/** So many fields that hold nothing; two bytes each. */
const swarm = (field: number, random: Random): Uint8Array => {
  const one = writeFields([
    pick(
      [
        { field, bytes: new Uint8Array() },
        { field, varint: 0 },
      ],
      random,
    ),
  ])
  const times = pick([1000, 100_000, 2_000_000], random)
  return new Uint8Array(Buffer.alloc(one.length * times, one))
}
const swarmed =
  (fields: readonly number[]) =>
  (bytes: Uint8Array, random: Random): Uint8Array =>
    new Uint8Array(Buffer.concat([bytes, swarm(pick(fields, random), random)]))

/** Numbers of a list as they stand, some replaced: those of another tree, of nobody, of more than 2^53. */
const otherNumbers = (attribute: Uint8Array, random: Random): Uint8Array => {
  const fields = readProtobuf(attribute)
  const packed = fields.find(({ field }) => field === ATTRIBUTE.integers)
  if (packed === undefined || !('bytes' in packed)) return attribute
  const bytes = packed.bytes.slice()
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--)
    bytes[Math.floor(random() * bytes.length)] = pick([0, 1, 7, 0x7f, 0x80, 0xff], random)
  return writeFields(fields.map((one) => (one === packed ? { field: ATTRIBUTE.integers, bytes } : one)))
}
const TINY = [1e-45, -1e-45, 1.1754942e-38, -0, 3.4028235e38]
/** Numbers of a list, some or all replaced by those that hardly differ from nothing. */
const tinyNumbers = (attribute: Uint8Array, random: Random): Uint8Array => {
  const fields = readProtobuf(attribute)
  const packed = fields.find(({ field }) => field === ATTRIBUTE.floats)
  if (packed === undefined || !('bytes' in packed)) return attribute
  const bytes = packed.bytes.slice()
  const view = new DataView(bytes.buffer)
  const share = pick([0.01, 0.5, 1], random)
  for (let at = 0; at + 4 <= bytes.length; at += 4) if (random() < share) view.setFloat32(at, pick(TINY, random), true)
  return writeFields(fields.map((one) => (one === packed ? { field: ATTRIBUTE.floats, bytes } : one)))
}

/** @param model of a bundle, as ONNX */
export const MODEL_TRICKS: Readonly<Record<string, Trick>> = {
  'parts in parts': inNode((node, random) => appended(node, nestedAttribute(pick([1, 5, 300], random)))),
  'numbers in another file': inGraph((graph, random) =>
    pick([appended, prepended], random)(
      graph,
      strangeTensor(pick(['span_scale', 'beat_scale', 'else'], random), random),
    ),
  ),
  'an attribute twice': inNode((node, random) => {
    const attributes = readProtobuf(node).filter(({ field }) => field === NODE.attribute)
    return pick([appended, prepended], random)(node, pick(attributes, random))
  }),
  'a node twice': inGraph((graph, random) => {
    const nodes = readProtobuf(graph).filter(({ field }) => field === GRAPH.node)
    return pick([appended, prepended], random)(graph, pick(nodes, random))
  }),
  'a tensor twice': inGraph((graph, random) => {
    const tensor = [textField(TENSOR.name, pick(['span_scale', 'beat_scale'], random))]
    return prepended(
      graph,
      messageField(GRAPH.initializer, [...tensor, { field: TENSOR.floats, bytes: new Uint8Array(4) }]),
    )
  }),
  'a word twice': (model, random) => {
    const entry = [textField(ENTRY.key, pick(Object.values(METADATA), random)), textField(ENTRY.value, '[]')]
    return pick([appended, prepended], random)(model, messageField(MODEL.metadata, entry))
  },
  'two graphs': (model, random) => {
    const graph = readProtobuf(model).find(({ field }) => field === MODEL.graph)!
    return pick([appended, prepended], random)(
      model,
      pick([graph, { field: MODEL.graph, bytes: new Uint8Array() }], random),
    )
  },
  'a newer operator set': (model, random) =>
    appended(
      model,
      messageField(MODEL.opset, [textField(1, pick(['', 'evil.org'], random)), { field: 2, varint: 2 ** 40 }]),
    ),
  'another operator': inNode((node, random) =>
    appended(node, textField(NODE.operator, pick(['Loop', 'PyOp'], random))),
  ),
  'a long word': (model, random) =>
    appended(
      model,
      messageField(MODEL.metadata, [
        textField(ENTRY.key, 'x'.repeat(pick([10, 1_000_000], random))),
        textField(ENTRY.value, '💿'.repeat(1000)),
      ]),
    ),
  'other numbers': inAttribute(otherNumbers),
  'tiny numbers': inAttribute(tinyNumbers),
  'swarm around': swarmed([3, MODEL.graph, MODEL.metadata, MODEL.functions]),
  'swarm in the graph': inGraph(swarmed([GRAPH.node, GRAPH.initializer, GRAPH.input])),
  'swarm in a node': inNode(swarmed([NODE.attribute, NODE.input, 99])),
  'swarm in an attribute': inAttribute(swarmed([ATTRIBUTE.texts, ATTRIBUTE.integers, ATTRIBUTE.floats])),
}

/** Texts that are hard to show, sort or measure. */
export const STRANGE_TEXTS: readonly string[] = [
  '\u202Etxt.3pm',
  '\uD800',
  'a\u0000b',
  '\u001B]0;title\u0007\u001B[2J',
  `e${'\u0301'.repeat(3000)}`,
  '👩‍👩‍👧‍👦'.repeat(500),
  '\uFEFF',
  '\u2028\n\r',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.org")',
  '../../../../etc/passwd',
  '%s%n{{7*7}}',
]

/** What the engine takes for dates, and what it nearly does. */
export const STRANGE_DATES: readonly string[] = [
  '0000-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '+275760-09-14T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '2026-02-30',
  '2026-11-30T24:00:00Z',
  '2026-11-30T23:59:60Z',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'foo 1',
  '1',
  '\u0662\u0660\u0662\u0666-01-01',
]

const ZIP_END = Buffer.from('PK\u0005\u0006'.padEnd(22, '\u0000'))
const LENGTH_AT = 8
const withLength = (bundle: Uint8Array, length: number): Uint8Array => {
  const changed = bundle.slice()
  new DataView(changed.buffer).setUint32(LENGTH_AT, length >>> 0, true)
  return changed
}
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** Tricks with the file as a whole, whose checksums are as they were. */
export const FILE_TRICKS: Readonly<Record<string, Trick>> = {
  'a length that lies': (bundle, random) => {
    const true_ = new DataView(bundle.buffer, bundle.byteOffset).getUint32(LENGTH_AT, true)
    return withLength(bundle, pick([0, 1, true_ - 1, true_ + 1, 2 ** 31, 2 ** 32 - 1, bundle.length - 12], random))
  },
  'an end of a ZIP': (bundle) => joined(bundle, ZIP_END),
  'the head of a ZIP': (bundle) => joined(Buffer.from('PK\u0003\u0004'), bundle),
  'two bundles': (bundle) => joined(bundle, bundle),
  'a mark of UTF-8': (bundle) => joined(bundle.subarray(0, 12), Buffer.from('\uFEFF'), bundle.subarray(12)),
  'too long a way to write a letter': (bundle) => {
    const changed = bundle.slice()
    changed.set([0xc0, 0xa2], 12)
    return changed
  },
  'a name in small letters': (bundle) => joined(Buffer.from('algmodel'), bundle.subarray(8)),
}

const otherHash = (hash: string, random: Random): string =>
  pick(
    [hash.toUpperCase(), ` ${hash}`, hash.slice(1), `${hash}0`, '0'.repeat(64), [...hash].reverse().join('')],
    random,
  )

/** Other checksums than those that fit. @param header of a bundle */
export const withOtherHash = (header: Readonly<Record<string, unknown>>, random: Random): string => {
  const name = pick(['model_sha256', 'card_sha256'], random)
  const swapped = { ...header, model_sha256: header.card_sha256, card_sha256: header.model_sha256 }
  return JSON.stringify(random() < 0.2 ? swapped : { ...header, [name]: otherHash(String(header[name]), random) })
}
