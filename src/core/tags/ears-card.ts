import { z } from 'zod'
import { type CamelCased, camelCase } from '../support/camel-case.ts'

/** A class that a network hears, and how well it hears it by measurement. */
const tag = z.object({
  name: z.string().min(1),
  group: z.string(),
  /** True where the measurement is too poor for the tag to be shown by itself. */
  experimental: z.boolean(),
  threshold: z.number().nullable(),
})

/** The logarithm of our own features; it turns zero into −100 dB. */
const OWN_LOG = '10*log10(x + 1e-10)'
/** `factor` · ln(`offset` + `gain` · x), where x is the power of a band, 1 for a full-scale sine at the centre of a bin. */
const logarithm = z.union([
  z.literal(OWN_LOG).transform(() => ({ gain: 1, offset: 1e-10, factor: 10 / Math.LN10 })),
  z.object({ gain: z.number().positive(), offset: z.number().positive(), factor: z.number().positive() }),
])

/** The log-mel spectrogram that the network takes: powers of triangular bands on the scale 2595 · log10(1 + f / 700). */
const mel = z.object({
  /** Audio is resampled to this rate from that of the analysis, 22,050 Hz, and so holds nothing above 11 kHz. */
  sample_rate: z.number().int().min(8000).max(48000),
  frame_size: z.union([256, 512, 1024, 2048, 4096].map((size) => z.literal(size))),
  hop_samples: z.number().int().min(32).max(8192),
  bands: z.number().int().min(1).max(512),
  min_hz: z.number().min(0),
  max_hz: z.number().max(24000),
  /** Scale of a band's weights: their sum is 1, or its triangle has height 1 or area 2 (Slaney's). */
  weights: z.enum(['mean', 'peak', 'area']).default('mean'),
  log: logarithm,
  window_frames: z.number().int().min(1).max(4096),
  hop_frames: z.number().int().min(1).max(4096),
})

/** The card beside the ONNX file of a network that hears tags and embeddings. */
const cardSchema = z.object({
  kind: z.literal('algiers-ears'),
  name: z.string(),
  version: z.number().int(),
  onnx: z.object({ file: z.string().regex(/^[\w.-]+$/), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  mel,
  outputs: z.object({ embedding: z.number().int().min(0), tags: z.number().int().min(0) }),
  /** Names of the outputs in the ONNX file. */
  output_names: z.object({ embedding: z.string(), tags: z.string() }).default({ embedding: 'embedding', tags: 'tags' }),
  /** Shape of the input. */
  layout: z.enum(['batch, frames, bands', 'batch, 1, frames, bands']).default('batch, frames, bands'),
  tags: z.array(tag),
})

export type EarsCard = CamelCased<z.infer<typeof cardSchema>>

/** @returns the card, or a sentence about what is wrong with it */
export const parseEarsCard = (json: unknown): EarsCard | string => {
  const parsed = cardSchema.safeParse(json)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    return `${path.join('.') || 'the card'}: ${message}`
  }
  const { tags, outputs } = parsed.data
  if (tags.length !== outputs.tags) return `tags: ${tags.length} are named, ${outputs.tags} come out`
  if (new Set(tags.map(({ name }) => name)).size !== tags.length) return 'tags: a name occurs twice'
  return camelCase(parsed.data)
}
