import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UserError } from '../support/user-error.ts'
import { ATTRIBUTE, GRAPH, MODEL, NODE, TENSOR } from './onnx-template.ts'
import { createProtobufWriter, type ProtobufWriter } from './protobuf.ts'
import { requireSafeNetwork } from './require-safe-network.ts'

const asset = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../assets/${name}`, import.meta.url)))

type Write = (writer: ProtobufWriter) => void

const model = (graph: Write, rest: Write = () => {}): Uint8Array => {
  const writer = createProtobufWriter()
  writer.message(MODEL.graph, graph)
  rest(writer)
  return writer.finish()
}
const tensor =
  (dimensions: readonly number[], rest: Write, type = 1): Write =>
  (writer) => {
    writer.packedVarints(TENSOR.dimensions, dimensions)
    writer.varint(TENSOR.type, type)
    writer.text(TENSOR.name, 'weights')
    rest(writer)
  }
const weights = (write: Write): Uint8Array => model((graph) => graph.message(GRAPH.initializer, write))
const node =
  (operator: string, inputs: readonly string[], attribute?: Write): Write =>
  (graph) =>
    graph.message(GRAPH.node, (one) => {
      for (const input of inputs) one.text(NODE.input, input)
      one.text(NODE.output, 'made')
      one.text(NODE.operator, operator)
      if (attribute) one.message(NODE.attribute, attribute)
    })
const floats =
  (count: number): Write =>
  (writer) =>
    writer.packedFloats(TENSOR.floats, new Float32Array(count))
const raw =
  (bytes: number): Write =>
  (writer) =>
    writer.bytes(TENSOR.raw, new Uint8Array(bytes))
const external: Write = (writer) => writer.message(TENSOR.external, (entry) => entry.text(1, '/etc/passwd'))
const int64 =
  (...values: readonly number[]): Write =>
  (writer) =>
    writer.bytes(TENSOR.raw, new Uint8Array(BigInt64Array.from(values, BigInt).buffer))

const BILLIONS = [2048, 2048, 2048]
const constant = (attribute: Write): Write => node('Constant', [], attribute)
const holding =
  (...values: readonly number[]): Write =>
  (attribute) =>
    attribute.message(ATTRIBUTE.tensor, tensor([values.length], int64(...values), 7))
/** A size that is told by a `Constant`, to whatever asks for it. */
const toldBy = (attribute: Write, operator = 'ConstantOfShape', inputs: readonly string[] = ['made']): Uint8Array =>
  model((graph) => {
    constant(attribute)(graph)
    node(operator, inputs)(graph)
  })
const scales =
  (...values: readonly number[]): Write =>
  (attribute) =>
    attribute.packedFloats(ATTRIBUTE.floats, values)

/** In a graph that is an attribute of a node, so many deep. */
const nested = (depth: number, write: Write): Write =>
  depth === 0 ? write : node('If', [], (attribute) => attribute.message(ATTRIBUTE.graph, nested(depth - 1, write)))

const codeOf = (onnx: Uint8Array): string => {
  try {
    requireSafeNetwork(onnx)
    return 'opened'
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.code
  }
}

test.each(['ears/ears.onnx', 'form/form.onnx', 'base-model/base-sections.onnx'])(
  '%s, which ships, may be opened',
  (name) => expect(codeOf(asset(name))).toBe('opened'),
)

test.each([
  ['floats', weights(tensor([2, 3], floats(6))), 'opened'],
  ['raw floats', weights(tensor([2, 3], raw(24))), 'opened'],
  ['a number by itself', weights(tensor([], floats(1))), 'opened'],
  ['nothing', weights(tensor([0, 7], raw(0))), 'opened'],
  ['half precision', weights(tensor([3], raw(6), 10)), 'opened'],
  ['four bits', weights(tensor([3], raw(2), 22)), 'opened'],
  [
    'a shape',
    model((graph) => {
      graph.message(GRAPH.initializer, tensor([2], int64(512, 512), 7))
      node('ConstantOfShape', ['weights'])(graph)
    }),
    'opened',
  ],
  ['sound that is padded on both sides', toldBy(holding(0, 22050, 0, 22050), 'Pad', ['x', 'made']), 'opened'],
  ['sound that is cut off', toldBy(holding(0, -22050, 0, -22050), 'Pad', ['x', 'made']), 'opened'],
  ['a picture that is doubled', toldBy(scales(1, 1, 2, 2), 'Resize', ['x', '', 'made']), 'opened'],
  ['a picture that is doubled by an older network', model(node('Upsample', ['x'], scales(1, 1, 2, 2))), 'opened'],
  ['a long list that tells no size', toldBy(holding(...new Array(1000).fill(512)), 'Gather', ['x', 'made']), 'opened'],
  ['a range', toldBy(holding(1_000_000), 'Range', ['zero', 'made', 'one']), 'opened'],
  ['a part within a part', model(nested(3, node('Relu', ['x']))), 'opened'],
] as const)('%s is what it says, and may be opened', (_name, onnx, code) => expect(codeOf(onnx)).toBe(code))

test.each([
  ['numbers in another file', weights(tensor([4], external))],
  ['numbers that are said to be in another file', weights(tensor([4], (writer) => writer.varint(TENSOR.location, 1)))],
  [
    'the same beside its own numbers',
    weights(
      tensor([4], (writer) => {
        external(writer)
        floats(4)(writer)
      }),
    ),
  ],
  ['the same in a node', model(node('Constant', [], (one) => one.message(ATTRIBUTE.tensor, tensor([4], external))))],
  [
    'the same in a list in a node',
    model(node('Odd', [], (one) => one.message(ATTRIBUTE.tensors, tensor([4], external)))),
  ],
  [
    'the same in a part of a part',
    model(nested(2, (graph) => graph.message(GRAPH.initializer, tensor([4], external)))),
  ],
  [
    'the same in a function',
    model(
      () => {},
      (writer) =>
        writer.message(MODEL.functions, (one) =>
          one.message(7, (at) =>
            at.message(NODE.attribute, (attribute) => attribute.message(ATTRIBUTE.tensor, tensor([4], external))),
          ),
        ),
    ),
  ],
  [
    'a chain of functions',
    model(
      () => {},
      (writer) => {
        for (let n = 0; n < 3000; n++) writer.message(MODEL.functions, (one) => one.text(1, `f${n}`))
      },
    ),
  ],
  ['a loop', model(node('Loop', ['x']))],
  ['parts that are nested deep', model(nested(40, node('Relu', ['x'])))],
  [
    'a shape of billions',
    model((graph) => {
      graph.message(GRAPH.initializer, tensor([3], int64(2048, 2048, 2048), 7))
      node('ConstantOfShape', ['weights'])(graph)
    }),
  ],
  [
    'a shape of billions from a node',
    model((graph) => {
      node('Constant', [], (one) => one.packedVarints(ATTRIBUTE.integers, [1_000_000, 1_000_000]))(graph)
      node('Expand', ['x', 'made'])(graph)
    }),
  ],
  [
    'the same, its numbers written one by one',
    model((graph) => {
      node('Constant', [], (one) => {
        for (let n = 0; n < 2; n++) one.varint(ATTRIBUTE.integers, 1_000_000)
      })(graph)
      node('Expand', ['x', 'made'])(graph)
    }),
  ],
  [
    'a shape of billions that a part calls by the name of a small one',
    model((graph) => {
      graph.message(GRAPH.initializer, tensor([3], int64(2048, 2048, 2048), 7))
      nested(1, (inner) => inner.message(GRAPH.initializer, tensor([3], int64(1, 1, 1), 7)))(graph)
      node('ConstantOfShape', ['weights'])(graph)
    }),
  ],
  [
    'billions of random numbers',
    model(node('RandomNormal', [], (one) => one.packedVarints(ATTRIBUTE.integers, [1_000_000, 1_000_000]))),
  ],
  ...(
    [
      ['HannWindow', ['weights']],
      ['OneHot', ['x', 'weights', 'y']],
      ['Range', ['zero', 'weights', 'one']],
      ['Resize', ['x', '', '', 'weights']],
      ['Pad', ['x', 'weights']],
    ] as const
  ).map(([operator, inputs]): [string, Uint8Array] => [
    `billions from ${operator}`,
    model((graph) => {
      graph.message(GRAPH.initializer, tensor([1], int64(1e12), 7))
      node(operator, inputs)(graph)
    }),
  ]),
  [
    'a shape of billions, and an empty list behind it',
    toldBy((one) => {
      holding(...BILLIONS)(one)
      one.packedVarints(ATTRIBUTE.integers, [])
    }),
  ],
  [
    'billions of random numbers, and a short list behind',
    model(
      node('RandomNormal', [], (one) => {
        for (let n = 0; n < 2; n++) one.varint(ATTRIBUTE.integers, 1_000_000)
        one.packedVarints(ATTRIBUTE.integers, [1])
      }),
    ),
  ],
  ...[16, 30, 200].flatMap((ones): [string, Uint8Array][] => {
    const sizes = [...new Array<number>(ones).fill(1), 1_000_000, 1_000_000]
    return [
      [`billions behind ${ones} ones`, toldBy(holding(...sizes))],
      ['the same in a list', toldBy((one) => one.packedVarints(ATTRIBUTE.integers, sizes))],
      [
        'the same, written one by one',
        toldBy((one) => {
          for (const size of sizes) one.varint(ATTRIBUTE.integers, size)
        }),
      ],
      [
        'the same in a tensor that is written so',
        model((graph) => {
          graph.message(
            GRAPH.initializer,
            tensor([sizes.length], (one) => one.packedVarints(TENSOR.int64s, sizes), 7),
          )
          node('ConstantOfShape', ['weights'])(graph)
        }),
      ],
      [
        'the same as random numbers',
        model(node('RandomUniform', [], (one) => one.packedVarints(ATTRIBUTE.integers, sizes))),
      ],
    ]
  }),
  ['a window that one number tells', toldBy((one) => one.varint(ATTRIBUTE.integer, 1e12), 'HannWindow')],
  ['a range in tiny steps', toldBy((one) => one.float(ATTRIBUTE.float, 1e-12), 'Range', ['zero', 'one', 'made'])],
  ['a picture that is enlarged', toldBy(scales(1, 1, 1e5, 1e5), 'Resize', ['x', '', 'made'])],
  ['the same as it once was told', toldBy(scales(1, 1, 1e5, 1e5), 'Resize', ['x', 'made'])],
  [
    'the same by raw numbers',
    model((graph) => {
      graph.message(
        GRAPH.initializer,
        tensor([2], (one) => one.bytes(TENSOR.raw, new Uint8Array(Float32Array.of(1e5, 1e5).buffer))),
      )
      node('Resize', ['x', '', 'weights'])(graph)
    }),
  ],
  ['the same by an older operator', toldBy(scales(1, 1, 1e5, 1e5), 'Upsample', ['x', 'made'])],
  ['the same beside its inputs', model(node('Upsample', ['x'], scales(1, 1, 1e5, 1e5)))],
  ['a scale that is no number', toldBy(scales(1, 1, Number.NaN), 'Resize', ['x', '', 'made'])],
  [
    'a border beside the inputs',
    model(node('Pad', ['x'], (one) => one.packedVarints(ATTRIBUTE.integers, [1e5, 1e5, 1e5, 1e5]))),
  ],
  ['sparse numbers', model((graph) => graph.message(GRAPH.sparse, () => {}))],
])('%s: refused as no network for here', (_name, onnx) => expect(codeOf(onnx)).toBe('INCOMPATIBLE_MODEL'))

test.each([
  ['a shape that promises more', weights(tensor([1_000_000, 1_000_000], floats(4)))],
  ['a shape that promises less', weights(tensor([2], raw(4096)))],
  ['a negative shape', weights(tensor([2 ** 53 - 1, 2 ** 53 - 1], raw(8)))],
  ['no numbers at all', weights(tensor([4], () => {}))],
  ['an unknown type', weights(tensor([1], raw(1), 99))],
  ['a hundred dimensions', weights(tensor(new Array(100).fill(1), floats(1)))],
  ['no graph', new Uint8Array()],
  ['words', new TextEncoder().encode('this is no network, but a text')],
])('%s: refused as damaged', (_name, onnx) => expect(codeOf(onnx)).toBe('MODEL_CORRUPT'))

test('whatever bytes are changed or cut off, there is an answer of the catalogue', () => {
  const whole = asset('form/form.onnx')
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat({ max: 4000 }), fc.nat({ max: 255 })), { maxLength: 20 }),
      fc.nat({ max: whole.length }),
      (changes, length) => {
        const bytes = whole.slice(0, length)
        for (const [at, value] of changes) if (at < length) bytes[at] = value
        expect(['opened', 'MODEL_CORRUPT', 'INCOMPATIBLE_MODEL']).toContain(codeOf(bytes))
      },
    ),
    { numRuns: 300 },
  )
})
