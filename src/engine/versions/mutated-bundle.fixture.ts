/** Bundles as somebody with bad intentions would make them: changed in any part, with checksums that fit. */
import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { encodeOnnx } from '../../core/models/onnx-encode.ts'
import type { ProtobufField } from '../../core/models/protobuf.ts'
import type { BoostedTrees } from '../../core/models/regression-trees.ts'
import type { Head, SectionModel } from '../../core/models/section-model.ts'
import type { Random } from '../../core/support/random.ts'
import { digestOf } from '../../platform/store/digest.ts'
import {
  FILE_TRICKS,
  MODEL_TRICKS,
  readProtobuf,
  STRANGE_DATES,
  STRANGE_TEXTS,
  withOtherHash,
  writeFields,
} from './bundle-tricks.fixture.ts'

const HEADER_AT = 12

export type BundleParts = { readonly header: Readonly<Record<string, unknown>>; readonly model: Uint8Array }

export const partsOf = (bytes: Uint8Array): BundleParts => {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
  const text = new TextDecoder().decode(bytes.subarray(HEADER_AT, HEADER_AT + length))
  return { header: JSON.parse(text), model: bytes.subarray(HEADER_AT + length) }
}

export const packBundle = (headerText: string, model: Uint8Array): Uint8Array => {
  const text = Buffer.from(headerText)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return new Uint8Array(Buffer.concat([Buffer.from('ALGMODEL'), length, text, model]))
}

/** The header with other members, and checksums that fit what it describes. */
export const forgeHeader = ({ header, model }: BundleParts, change: Readonly<Record<string, unknown>> = {}): string => {
  const forged: Record<string, unknown> = { ...header, model_sha256: digestOf(model), ...change }
  const card = typeof forged.card === 'string' ? { card_sha256: digestOf(forged.card) } : {}
  return JSON.stringify({ ...forged, ...card, ...change })
}

const pick = <Item>(items: readonly Item[], random: Random): Item => items[Math.floor(random() * items.length)]!
const NUMBERS = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e38, -1e38, -1, 0, 1e-45, 99_999]
const WHOLE = [0, 1, 7, 255, 32_768, 99_999, 2 ** 31, 2 ** 53 - 1]

type ModelChange = (model: Writable, random: Random) => void
type Writable = { -readonly [Name in keyof SectionModel]: SectionModel[Name] }

const headOf = (model: Writable, random: Random): Head =>
  pick([model.spanHead, model.beatHead, model.boundaryHead ?? model.beatHead], random)

const replaceTrees = (model: Writable, change: (trees: BoostedTrees) => BoostedTrees, random: Random): void => {
  const name = pick(['spanHead', 'beatHead'] as const, random)
  model[name] = { ...model[name], trees: change(model[name].trees) }
}

/** One tree for the first output: node n leads to n + 1, on both sides or on one. */
const chain =
  (length: number, shared: boolean) =>
  (trees: BoostedTrees): BoostedTrees => {
    const nodes = shared ? length + 1 : 2 * length + 1
    const isInner = (node: number): boolean => (shared ? node < length : node % 2 === 0 && node < 2 * length)
    const list = Array.from({ length: nodes }, (_, node) => node)
    return {
      ...trees,
      treeRoots: Int32Array.of(0),
      treeOutputs: Uint8Array.of(0),
      features: Int16Array.from(list, (node) => (isInner(node) ? node % trees.columnCount : -1)),
      thresholds: new Float32Array(nodes),
      lefts: Int32Array.from(list, (node) => (isInner(node) ? node + 1 : 0)),
      rights: Int32Array.from(list, (node) => (isInner(node) ? node + (shared ? 1 : 2) : 0)),
      values: new Float32Array(nodes).fill(0.1),
      covers: new Float32Array(nodes).fill(1),
    }
  }

const poison =
  (name: 'values' | 'covers' | 'thresholds' | 'baseScores'): ModelChange =>
  (model, random) => {
    const list = headOf(model, random).trees[name]
    const times = random() < 0.3 ? list.length : 1
    for (let time = 0; time < times; time++) list[Math.floor(random() * list.length)] = pick(NUMBERS, random)
  }

const relink: ModelChange = (model, random) => {
  const { trees } = headOf(model, random)
  const nodes = [...trees.features.keys()].filter((node) => trees.features[node]! >= 0)
  const side = pick([trees.lefts, trees.rights], random)
  side[pick(nodes, random)] = pick([...nodes, ...trees.lefts], random)
}

const tableChange =
  (name: 'durations' | 'order'): ModelChange =>
  (model, random) => {
    const rows = model[name].map((row) => [...row])
    const row = pick(rows, random)
    pick<() => void>(
      [
        () => (rows.length = 0),
        () => void rows.pop(),
        () => void row.pop(),
        () => (row[0] = pick(NUMBERS, random)),
        () => void row.splice(0),
        () => rows.push(...rows),
        () => row.fill(0),
      ],
      random,
    )()
    model[name] = rows
  }

const MODEL_CHANGES: Readonly<Record<string, ModelChange>> = {
  leaf: poison('values'),
  cover: poison('covers'),
  threshold: poison('thresholds'),
  'base score': poison('baseScores'),
  'shared or backward child': relink,
  'sixty doublings': (model, random) => replaceTrees(model, chain(60, true), random),
  'long chain': (model, random) => replaceTrees(model, chain(pick([65, 1000, 15_000], random), false), random),
  'chain that may be': (model, random) => replaceTrees(model, chain(pick([1, 8, 64], random), false), random),
  columns: (model, random) =>
    replaceTrees(model, (trees) => ({ ...trees, columnCount: pick([0, 1, 5000, 99_999], random) }), random),
  column: (model, random) => {
    const { features } = headOf(model, random).trees
    features[Math.floor(random() * features.length)] = pick([0, 500, 647, 648, 32_767, -1], random)
  },
  temperature: (model, random) => {
    model.spanHead = { ...model.spanHead, temperature: pick([...NUMBERS, 1e-6, 1e6], random) }
  },
  output: (model, random) => {
    const { treeOutputs } = headOf(model, random).trees
    treeOutputs[Math.floor(random() * treeOutputs.length)] = pick([0, 1, 6, 7, 255], random)
  },
  durations: tableChange('durations'),
  order: tableChange('order'),
  kinds: (model, random) => {
    model.kinds = pick([[], model.kinds.slice(1), [...model.kinds].reverse(), [...model.kinds, 'build']], random)
  },
  'feature spec': (model, random) => {
    model.featureSpec = pick(['', '0'.repeat(64), 'x'.repeat(100_000)], random)
  },
  'no boundary head': (model) => {
    model.boundaryHead = null
  },
}

const parts = (bytes: Uint8Array): ProtobufField[] | null => {
  try {
    return [...readProtobuf(bytes)]
  } catch {
    return null
  }
}

/** Changes one field somewhere in the message: taken away, doubled, moved, retyped, cut off, or filled with nonsense. */
const mutateMessage = (bytes: Uint8Array, random: Random): Uint8Array => {
  const fields = parts(bytes)
  if (fields === null || fields.length === 0) {
    const changed = bytes.slice(0, random() < 0.3 ? Math.floor(random() * bytes.length) : bytes.length)
    const place = 4 * Math.floor((random() * changed.length) / 4)
    if (place + 4 <= changed.length) new DataView(changed.buffer).setFloat32(place, pick(NUMBERS, random), true)
    return changed
  }
  const at = Math.floor(random() * fields.length)
  const field = fields[at]!
  if ('bytes' in field && random() < 0.75) {
    fields[at] = { field: field.field, bytes: mutateMessage(field.bytes, random) }
    return writeFields(fields)
  }
  pick<() => unknown>(
    [
      () => fields.splice(at, 1),
      () => fields.splice(at, 0, field),
      () => fields.push(...fields.splice(at, 1)),
      () => fields.splice(0, fields.length, ...fields.toReversed()),
      () => (fields[at] = { field: field.field, varint: pick(WHOLE, random) }),
      () => (fields[at] = { field: field.field, bytes: new Uint8Array(pick([0, 3, 1000], random)).fill(0x78) }),
      () => (fields[at] = { ...field, field: 1 + Math.floor(random() * 30) }),
    ],
    random,
  )()
  return writeFields(fields)
}

const NASTY: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e38,
  -1e308,
  99_999,
  '',
  'yesterday',
  '2026-13-99T99:99:99Z',
  'x'.repeat(100_000),
  [],
  [[]],
  {},
  [null],
  { length: 1e9 },
]

/** What takes the place of a value: a text is mostly replaced by another, since what is no text is refused at once. */
const nastyFor = (value: unknown, random: Random): unknown =>
  typeof value === 'string' && random() < 0.7 ? pick([...STRANGE_TEXTS, ...STRANGE_DATES], random) : pick(NASTY, random)

/** Changes one member somewhere in what JSON holds. */
const mutateJson = (value: unknown, random: Random): unknown => {
  if (value === null || typeof value !== 'object' || random() < 0.1) return nastyFor(value, random)
  const names = Object.keys(value)
  if (names.length === 0) return pick(NASTY, random)
  const name = pick(names, random)
  if (Array.isArray(value)) {
    const list = [...value]
    const at = Number(name)
    const chance = random()
    if (chance < 0.1) list.splice(at, 1)
    else if (chance < 0.2) list.splice(at, 0, list[at])
    else if (chance < 0.25) list.reverse()
    else list[at] = mutateJson(list[at], random)
    return list
  }
  const record: Record<string, unknown> = { ...value }
  if (random() < 0.15) delete record[name]
  else record[name] = mutateJson(record[name], random)
  return record
}

/** What only text can hold: a member twice, a number beyond all, a name that means something to objects, an end too soon. */
const mutateText = (text: string, random: Random): string => {
  const at = text.indexOf(':', Math.floor(random() * text.length))
  return pick<() => string>(
    [
      () => text.replace(/("[a-z_]+":[^,{}[\]]+),/, '$1,$1,'),
      () => text.replace(/:[\d.]+/, ':1e999'),
      () => text.replace('{', '{"__proto__":{"polluted":true},'),
      () => text.replace('{', '{"constructor":{"prototype":{"polluted":true}},'),
      () => text.slice(0, Math.floor(random() * text.length)),
      () => `${text.slice(0, at)}:${'['.repeat(5000)}${text.slice(at)}`,
    ],
    random,
  )()
}

const changeModel = (model: Uint8Array, random: Random): { readonly what: string; readonly bytes: Uint8Array } => {
  const what = pick(Object.keys(MODEL_CHANGES), random)
  const changed: Writable = structuredClone(decodeOnnx(model))
  MODEL_CHANGES[what]!(changed, random)
  return { what, bytes: encodeOnnx(changed) }
}

export type MutatedBundle = { readonly what: string; readonly bytes: Uint8Array }

const playTrick = (bundle: Uint8Array, random: Random): MutatedBundle => {
  const { header, model } = partsOf(bundle)
  const chance = random()
  if (chance < 0.7) {
    const what = pick(Object.keys(MODEL_TRICKS), random)
    const bytes = MODEL_TRICKS[what]!(model, random)
    return { what, bytes: packBundle(forgeHeader({ header, model: bytes }), bytes) }
  }
  if (chance < 0.85) return { what: 'hash', bytes: packBundle(withOtherHash(header, random), model) }
  const what = pick(Object.keys(FILE_TRICKS), random)
  return { what, bytes: FILE_TRICKS[what]!(bundle, random) }
}

/** @param bundle a good one */
export const mutateBundle = (bundle: Uint8Array, random: Random): MutatedBundle => {
  const whole = partsOf(bundle)
  const { header, model } = whole
  const card = header.card as string
  if (random() < 0.3) return playTrick(bundle, random)
  const chance = random()
  if (chance < 0.45) {
    const { what, bytes } = changeModel(model, random)
    return { what, bytes: packBundle(forgeHeader({ header, model: bytes }), bytes) }
  }
  if (chance < 0.65) {
    let bytes = model
    for (let times = 1 + Math.floor(random() * 2); times > 0; times--) bytes = mutateMessage(bytes, random)
    return { what: 'message', bytes: packBundle(forgeHeader({ header, model: bytes }), bytes) }
  }
  if (chance < 0.85) {
    let value: unknown = JSON.parse(card)
    for (let times = 1 + Math.floor(random() * 2); times > 0; times--) value = mutateJson(value, random)
    return { what: 'card', bytes: packBundle(forgeHeader(whole, { card: JSON.stringify(value) }), model) }
  }
  if (chance < 0.9)
    return { what: 'card text', bytes: packBundle(forgeHeader(whole, { card: mutateText(card, random) }), model) }
  if (chance < 0.94) return { what: 'header', bytes: packBundle(JSON.stringify(mutateJson(header, random)), model) }
  if (chance < 0.97)
    return { what: 'header text', bytes: packBundle(mutateText(JSON.stringify(header), random), model) }
  return { what: 'cut off', bytes: bundle.slice(0, Math.floor(random() * bundle.length)) }
}
