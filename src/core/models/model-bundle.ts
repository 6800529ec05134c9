/**
 * A model version as one file to hand on: `ALGMODEL`, the length of the header (uint32, little-endian), the header
 * (JSON), the model. The header says what the model is and carries its card and the checksums of both. Only numbers are
 * read from a stranger's bytes: `decodeOnnx` takes the trees out and checks them, and `encodeOnnx` builds a new graph.
 */
import { z } from 'zod'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import { parseStrictJson } from '../support/strict-json.ts'
import { UserError } from '../support/user-error.ts'
import { BUNDLE_MAGIC } from './bundle-file.ts'
import { decodeOnnx } from './onnx-decode.ts'
import { encodeOnnx } from './onnx-encode.ts'
import type { SectionModel } from './section-model.ts'

const HEADER_AT = BUNDLE_MAGIC.length + 4
const FORMAT_VERSION = 1
/** `decodeOnnx` refuses larger models; the card gets what the model leaves. */
export const MAX_BUNDLE_BYTES = 8 * 1024 * 1024

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const headerSchema = z.strictObject({
  format: z.literal('algiers-model'),
  format_version: z.literal(FORMAT_VERSION),
  model_type: z.literal('dj_section'),
  labels: z.array(z.enum(SECTION_KINDS)).min(2).max(SECTION_KINDS.length),
  feature_spec: z.string().max(200),
  model_sha256: sha256,
  card_sha256: sha256,
  card: z.string(),
})

export type Digest = (content: string | Uint8Array) => string

export type ModelBundle = {
  /** What its maker says about the model: JSON text from a stranger. */
  readonly card: string
  readonly model: SectionModel
  /** Built anew by our encoder. */
  readonly onnx: Uint8Array
}

const invalid = (detail: string, reason: string): UserError => new UserError('BUNDLE_INVALID', detail, { reason })

/** @param onnx of a version, with its checksum verified */
export const encodeBundle = (onnx: Uint8Array, card: string, digestOf: Digest): Uint8Array => {
  const { kinds, featureSpec } = decodeOnnx(onnx)
  const header: z.input<typeof headerSchema> = {
    format: 'algiers-model',
    format_version: FORMAT_VERSION,
    model_type: 'dj_section',
    labels: [...kinds],
    feature_spec: featureSpec,
    model_sha256: digestOf(onnx),
    card_sha256: digestOf(card),
    card,
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(HEADER_AT + text.length + onnx.length)
  bytes.set(new TextEncoder().encode(BUNDLE_MAGIC))
  new DataView(bytes.buffer).setUint32(BUNDLE_MAGIC.length, text.length, true)
  bytes.set(text, HEADER_AT)
  bytes.set(onnx, HEADER_AT + text.length)
  return bytes
}

const decodeText = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // The decoder gives no details.
    throw invalid('The header of the bundle is not UTF-8 text.', 'header')
  }
}

const parseHeader = (text: string): z.infer<typeof headerSchema> => {
  let json: unknown
  try {
    json = parseStrictJson(text)
  } catch (error) {
    throw invalid(`The header of the bundle is no JSON of ours: ${(error as Error).message}.`, 'header')
  }
  const { format_version: found } = (json ?? {}) as { format_version?: unknown }
  if (typeof found === 'number' && found > FORMAT_VERSION)
    throw new UserError('INCOMPATIBLE_MODEL', `The bundle has format ${found}; this version reads ${FORMAT_VERSION}.`, {
      found: { bundleFormat: found },
      supported: { bundleFormat: FORMAT_VERSION },
    })
  const header = headerSchema.safeParse(json)
  if (header.success) return header.data
  const { path, message } = header.error.issues[0]!
  throw invalid(`The header of the bundle: ${path.join('.') || 'all of it'}: ${message}.`, 'header')
}

/**
 * Reads a bundle from anyone.
 * @throws BUNDLE_TOO_LARGE, BUNDLE_INVALID, BUNDLE_CHECKSUM_MISMATCH, INCOMPATIBLE_MODEL
 */
export const decodeBundle = (bytes: Uint8Array, digestOf: Digest): ModelBundle => {
  if (bytes.length > MAX_BUNDLE_BYTES)
    throw new UserError('BUNDLE_TOO_LARGE', `The bundle has ${bytes.length} bytes; ${MAX_BUNDLE_BYTES} are allowed.`)
  const isOurs =
    bytes.length > HEADER_AT && new TextDecoder().decode(bytes.subarray(0, BUNDLE_MAGIC.length)) === BUNDLE_MAGIC
  if (!isOurs) throw invalid('The file is not an Algiers model bundle.', 'magic')
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(BUNDLE_MAGIC.length, true)
  if (HEADER_AT + length > bytes.length) throw invalid('The bundle ends within its header.', 'truncated')
  const header = parseHeader(decodeText(bytes.subarray(HEADER_AT, HEADER_AT + length)))
  const foreign = bytes.subarray(HEADER_AT + length)
  for (const [what, content, expected] of [
    ['model', foreign, header.model_sha256],
    ['card', header.card, header.card_sha256],
  ] as const)
    if (digestOf(content) !== expected)
      throw new UserError('BUNDLE_CHECKSUM_MISMATCH', `The ${what} in the bundle is not what was exported.`)
  const model = rebuild(foreign)
  if (model.kinds.join() !== header.labels.join() || model.featureSpec !== header.feature_spec)
    throw invalid('The header of the bundle describes another model.', 'header')
  return { card: header.card, model, onnx: encodeOnnx(model) }
}

const rebuild = (bytes: Uint8Array): SectionModel => {
  try {
    return decodeOnnx(bytes)
  } catch (error) {
    if (error instanceof UserError && error.code === 'MODEL_CORRUPT') throw invalid(error.message, 'weights')
    throw error
  }
}
