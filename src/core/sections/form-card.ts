/** @file What a network of form says of itself in its card: its file, what it reads, what it learnt from, and an example to check a runtime by. */
import { z } from 'zod'
import { SECTION_KINDS } from '../labels/section-kind.ts'
import { FORM_CHANNELS } from './form-input.ts'

const networkSchema = z.object({
  onnx: z.object({ file: z.string().regex(/^[\w.-]+$/), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  input: z.object({ channels: z.literal(FORM_CHANNELS) }),
  kinds: z.array(z.enum(SECTION_KINDS)).refine((kinds) => kinds.join() === SECTION_KINDS.join()),
  trained_on: z.object({
    corpus_tracks: z.array(z.string()),
    makers: z.array(z.string()),
    audio_digests: z.array(z.string()),
  }),
  golden: z.array(z.number()),
})

export type FormCard = z.infer<typeof networkSchema>

/** @returns the card of one network, or what is wrong with it */
export const parseFormCard = (json: unknown): FormCard | string => {
  const card = networkSchema.safeParse(json)
  if (card.success) return card.data
  const { path, message } = card.error.issues[0]!
  return `${path.join('.')}: ${message}`
}

/** Beats of the example in a card. */
export const GOLDEN_BEATS = 40
/** The card holds the answer to every so many of its beats. */
export const GOLDEN_STEP = 10

/** Numbers that any language can compute alike, shape (FORM_CHANNELS, GOLDEN_BEATS). */
export const goldenInput = (): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length: FORM_CHANNELS * GOLDEN_BEATS }, (_, n) => Math.sin(n * n * 1e-3))
