import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createProtobufReader,
  createProtobufWriter,
  ProtobufError,
  readPackedFloats,
  readPackedVarints,
} from './protobuf.ts'

const readProtobuf = createProtobufReader(Number.POSITIVE_INFINITY)

const bytesOf = (fields: ReturnType<typeof readProtobuf>, index: number): Uint8Array => {
  const field = fields[index]!
  if (!('bytes' in field)) throw new Error('not bytes')
  return field.bytes
}

test('the example of the encoding guide: field 1 = 150 is 08 96 01', () => {
  const writer = createProtobufWriter()
  writer.varint(1, 150)
  expect([...writer.finish()]).toEqual([0x08, 0x96, 0x01])
})

test('numbers, floats, texts and nested messages come back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 2 ** 31 })),
      fc.array(fc.float({ noNaN: true })),
      fc.string({ unit: 'grapheme' }),
      fc.maxSafeNat(),
      (numbers, floats, text, large) => {
        const writer = createProtobufWriter()
        writer.packedVarints(1, numbers)
        writer.packedFloats(2, floats)
        writer.message(300, (inner) => inner.text(4, text))
        writer.varint(5, large)
        writer.float(6, 0.5)
        const fields = readProtobuf(writer.finish())
        expect(fields.map(({ field }) => field)).toEqual([1, 2, 300, 5, 6])
        expect(readPackedVarints(bytesOf(fields, 0))).toEqual(numbers)
        expect([...readPackedFloats(bytesOf(fields, 1))]).toEqual(floats)
        expect(new TextDecoder().decode(bytesOf(readProtobuf(bytesOf(fields, 2)), 0))).toBe(text.toWellFormed())
        expect(fields[3]).toEqual({ field: 5, varint: large })
        expect(fields[4]).toEqual({ field: 6, float: 0.5 })
      },
    ),
  )
})

describe('bytes that are no message', () => {
  test.each([
    ['a number cut short', [0x08, 0x96]],
    ['a length beyond the end', [0x0a, 0x05, 0x01]],
    ['an unknown wire type', [0x0b]],
    ['a number of more than 10 bytes', [0x08, ...new Array<number>(11).fill(0xff)]],
  ])('%s', (_, bytes) => {
    expect(() => readProtobuf(Uint8Array.from(bytes))).toThrow(ProtobufError)
  })

  test('any bytes either read or fail as such', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          readProtobuf(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(ProtobufError)
        }
      }),
    )
  })
})

test('messages of too many fields in all are refused, since each takes fifty times as much memory as it has bytes', () => {
  const read = createProtobufReader(5)
  const three = Uint8Array.from([0x0a, 0, 0x0a, 0, 0x0a, 0])
  expect(read(three)).toHaveLength(3)
  expect(() => read(three)).toThrow('more than 5 parts')
})
